import pytest

from forums.text.render import Picture, picture_ids, render

A = "0190a000-0000-7000-8000-000000000001"
B = "0190a000-0000-7000-8000-000000000002"
PICTURES = {
    A: Picture(id=A, width=1600, height=900, sizes=(480, 960, 1600), alt="ทุ่งนา"),
    B: Picture(id=B, width=300, height=200, sizes=(300,), alt="เล็ก", caption="คำบรรยายเดิม"),
}
OUT = ' rel="ugc nofollow noopener"'
VIDEO = "dQw4w9WgXcQ"


def html(source: str, **options) -> str:
    return render(source, pictures=PICTURES, **options).html.strip()


@pytest.mark.parametrize(
    ("source", "href", "rest"),
    [
        ("https://example.com", "https://example.com", ""),
        ("https://example.comนะครับ", "https://example.com", "นะครับ"),
        ("https://example.com.", "https://example.com", "."),
        ("https://example.com/a?b=1&c=2).", "https://example.com/a?b=1&amp;c=2", ")."),
        ("https://example.com/a_b_*c*", "https://example.com/a_b_*c", "*"),
        ("HTTP://Example.com/x", "HTTP://Example.com/x", ""),
        ("https://a-b.co-นะ", "https://a-b.co", "-นะ"),
        ("http://localhost:8000/t/1/", "http://localhost:8000/t/1/", ""),
    ],
)
def test_bare_addresses_are_links_and_end_where_the_address_ends(source, href, rest):
    made = html(source)
    assert made.startswith(f'<p><a href="{href}"{OUT}>')
    assert made.endswith(f"</a>{rest}</p>")


def test_bare_addresses_may_follow_thai_and_be_thai_in_their_path():
    assert f'<p>ดูที่<a href="https://example.com"{OUT}>' in html("ดูที่https://example.com")
    made = html("(www.th.wikipedia.org/wiki/ร้อย_(หน่วย))")
    assert 'href="https://www.th.wikipedia.org/wiki/%E0%B8%A3' in made
    assert made.endswith(">www.th.wikipedia.org/wiki/ร้อย_(หน่วย)</a>)</p>")
    assert f'<strong><a href="https://a.co/b"{OUT}>' in html("**https://a.co/b**")


@pytest.mark.parametrize(
    "source",
    ["file.py", "example.com", "https://exämple.com", "https://user@evil.com", "xhttps://a.com", "www.", "http://",
     "`https://a.com`", r"https\://a.com", "malee@example.org", "javascript://a.com/%0aalert(1)", "ftp://a.com"],
)  # fmt: skip
def test_what_is_no_address_is_no_link(source):
    assert "<a " not in html(source)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "java&#10;script:alert(1)",
     "data:text/html,x", "data:image/png;base64,x", "vbscript:x", "file:///etc/passwd", "blob:x", "about:blank",
     "\x01javascript:alert(1)", "&#8203;javascript:alert(1)", "javascript&colon;alert(1)", "x:y"],
)  # fmt: skip
def test_other_schemes_never_become_links(address):
    for source in (
        f"[ก]({address})",
        f"[ก](<{address}>)",
        f"<{address}>",
        f"![ก]({address})",
        f"[ก]\n\n[ก]: {address}",
    ):
        made = html(source)
        assert "href" not in made
        assert "src" not in made.replace("src(", "")


def test_links_out_are_marked_and_links_inside_are_not():
    inside = {"site_hosts": ("roypalang.example",)}
    assert html("[ก](/t/1/)") == '<p><a href="/t/1/">ก</a></p>'
    assert html("[ก](#h-x)") == '<p><a href="#h-x">ก</a></p>'
    assert OUT not in html("[ก](https://Roypalang.Example/t/1/)", **inside)
    assert OUT not in html("https://roypalang.example/t/1/", **inside)
    for address in (
        "https://example.com",
        "//example.com",
        "https://roypalang.example.evil.com",
        "https://roypalang.example@evil.com",
        "http://evil.com/roypalang.example",
    ):
        assert OUT in html(f"[ก]({address})", **inside)


def test_an_address_typed_without_its_scheme_is_mended_and_a_nameless_link_named():
    assert html("[ก](www.example.com)") == f'<p><a href="https://www.example.com"{OUT}>ก</a></p>'
    assert html("[ก](example.co.th/x)") == f'<p><a href="https://example.co.th/x"{OUT}>ก</a></p>'
    assert html("[](https://a.co)") == f'<p><a href="https://a.co"{OUT}>https://a.co</a></p>'


def test_a_picture_on_its_line_is_a_figure_with_its_caption():
    rendered = render(f'![ชาว "นา"](/pictures/{A} "เกี่ยว <ข้าว>")', pictures=PICTURES)
    p = f"/pictures/{A}"
    assert rendered.html.strip() == (
        '<figure class="picture"><img class="picture" alt="ชาว &quot;นา&quot;" '
        f'src="{p}/960.webp" srcset="{p}/480.webp 480w, {p}/960.webp 960w, {p}/1600.webp 1600w" '
        'sizes="(max-width: 44rem) 100vw, 41rem" width="1600" height="900" loading="lazy" decoding="async">'
        "<figcaption>เกี่ยว &lt;ข้าว&gt;</figcaption></figure>"
    )
    assert rendered.picture_ids == (A,)
    assert rendered.plain == "เกี่ยว <ข้าว>"


def test_pictures_part_the_lines_around_them():
    rendered = render(
        f"ก\n![](/pictures/{A.upper()}/480.webp)\nข\n\n![](/pictures/{B})", pictures=PICTURES
    )
    assert rendered.picture_ids == (A, B)
    parts = [
        part.split(">")[0] for part in rendered.html.split("<") if part.startswith(("p>", "fig"))
    ]
    assert parts == ["p", 'figure class="picture"', "p", 'figure class="picture"', "figcaption"]
    assert 'alt="ทุ่งนา"' in rendered.html
    assert "<figcaption>คำบรรยายเดิม</figcaption>" in rendered.html
    assert f'src="/pictures/{B}/300.webp"' in rendered.html


def test_a_picture_amid_text_stays_in_its_line():
    made = html(f"ก ![ข](/pictures/{A}) ค")
    assert "<figure" not in made
    assert made.startswith('<p>ก <img class="picture" alt="ข"')


def test_pictures_in_lists_quotations_and_tables():
    made = html(
        f"- ![](/pictures/{A})\n\n> ก\n> ![](/pictures/{A})\n\n| ![](/pictures/{A}) |\n|-|\n| ข |"
    )
    assert made.count("<figure") == 2
    assert '<th><img class="picture"' in made


def test_pictures_of_other_hosts_are_links_and_unknown_ones_say_so():
    assert html("![ก](https://evil.com/a.png)") == (
        f'<p><a href="https://evil.com/a.png"{OUT} class="outside-picture">ก</a></p>'
    )
    assert ">รูปจากเว็บอื่น</a>" in html("![](//evil.com/a.png)")
    assert (
        html("[![ก](https://evil.com/a.png)](https://b.com)")
        == f'<p><a href="https://b.com"{OUT}>ก</a></p>'
    )
    unknown = render(f"![](/pictures/{A})")
    assert unknown.html.strip() == '<p><span class="missing-picture">[ไม่พบรูปนี้]</span></p>'
    assert unknown.picture_ids == ()


def test_our_pictures_with_our_host_before_them_are_ours():
    source = f"![](https://roypalang.example/pictures/{A}/960.webp)"
    assert "<figure" in html(source, site_hosts=("roypalang.example",))
    assert "<img" not in html(source)


def test_the_pictures_a_source_names_are_known_before_it_is_rendered():
    assert picture_ids(
        f"![](/pictures/{B}) ![](/pictures/{A}/480.webp)\n[ก]: /pictures/{B.upper()}"
    ) == (B, A)
    assert picture_ids("ไม่มีรูป /pictures/ /pictures/1") == ()
    assert picture_ids("ไม่มีเลย") == ()


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}", 0),
        (f"https://m.youtube.com/watch?app=desktop&v={VIDEO}&t=1m30s", 90),
        (f"https://youtu.be/{VIDEO}?si=abc&t=42", 42),
        (f"http://youtube.com/shorts/{VIDEO}", 0),
        (f"https://www.youtube.com/live/{VIDEO}?t=1h2m3s", 3723),
        (f"<https://youtu.be/{VIDEO}>", 0),
    ],
)
def test_a_video_alone_on_its_line_is_a_figure_that_loads_nothing(address, start):
    time = f"&amp;t={start}s" if start else ""
    data = f' data-start="{start}"' if start else ""
    assert html(f"ก\n{address}\nข") == (
        f'<p>ก</p>\n<figure class="youtube video"><a class="youtube-link"'
        f' href="https://www.youtube.com/watch?v={VIDEO}{time}"{OUT} data-youtube="{VIDEO}"{data}>'
        '<span class="youtube-label">ดูวิดีโอบน YouTube</span></a></figure>\n<p>ข</p>'
    )


@pytest.mark.parametrize(
    "source",
    [
        f"ดู https://youtu.be/{VIDEO}",
        f"[ชื่อ](https://youtu.be/{VIDEO})",
        f"https://youtu.be.evil.com/{VIDEO}",
        f"https://evil.com/https://youtu.be/{VIDEO}",
        "https://www.youtube.com/@channel",
        "https://youtu.be/short",
        f"https://youtu.be/{VIDEO}x",
    ],
)
def test_other_links_to_videos_are_links(source):
    made = html(source)
    assert "<a " in made
    assert "youtube-link" not in made
