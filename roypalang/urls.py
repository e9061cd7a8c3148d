"""Every address: members', the forum's, the admin, and those machines ask for."""

from django.contrib import admin
from django.urls import include, path

from roypalang import dev_mail, machines, metrics, offline

urlpatterns = [
    # What is asked for most: each address is compared in this order.
    path("", include("forums.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("forums.moderation.crawlers.urls")),  # robots.txt
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("favicon.ico", machines.favicon),
    path("dev/mail/", dev_mail.mails, name="dev_mails"),
    path("dev/mail/<str:file>/<int:number>/", dev_mail.mail, name="dev_mail"),
    path("dev/mail/<str:file>/<int:number>/html/", dev_mail.mail_html, name="dev_mail_html"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("offline/", offline.offline, name="offline"),
    path("offline/reader/", offline.reader, name="offline_reader"),
]

handler400 = "roypalang.error_pages.bad_request"
handler403 = "roypalang.error_pages.permission_denied"
handler404 = "roypalang.error_pages.page_not_found"
handler429 = "roypalang.error_pages.too_many_requests"  # allauth asks for it
handler500 = "roypalang.error_pages.server_error"
