"""What is held here of a person, and what becomes of it when she leaves (`forums.base.personal`)."""

from forums.base.personal import acted
from forums.groups.staff_requests.models import StaffRequest

acted(StaffRequest, "member", "decided_by")
