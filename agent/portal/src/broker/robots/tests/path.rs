//! Which rule fits a path, and which of several decides.

use super::Case;

pub(super) const PATHS: &[Case] = &[
    // Beginnings, in their own case.
    (
        "User-agent: *\nDisallow: /fish",
        &["/", "/Fish", "/catfish", "/?id=fish", "/desert/fish"],
        &[
            "/fish",
            "/fish.html",
            "/fish/salmon",
            "/fishheads",
            "/fish?id=1",
        ],
    ),
    (
        "User-agent: *\nDisallow: /fish*",
        &["/Fish.asp", "/catfish"],
        &["/fish", "/fish.html", "/fishheads/yummy.html"],
    ),
    (
        "User-agent: *\nDisallow: /fish/",
        &["/fish", "/fish.html", "/animals/fish/"],
        &["/fish/", "/fish/salmon.htm", "/fish/?id=anything"],
    ),
    (
        "User-agent: *\nDisallow: /*.php",
        &["/", "/windows.PHP"],
        &[
            "/index.php",
            "/filename.php",
            "/folder/filename.php?parameters",
            "/folder/any.php.file.html",
            "/filename.php/",
        ],
    ),
    (
        "User-agent: *\nDisallow: /*.php$",
        &[
            "/filename.php?parameters",
            "/filename.php/",
            "/filename.php5",
            "/windows.PHP",
        ],
        &["/filename.php", "/folder/filename.php"],
    ),
    (
        "User-agent: *\nDisallow: /fish*.php",
        &["/Fish.PHP", "/fish.html"],
        &["/fish.php", "/fishheads/catfish.php?parameters"],
    ),
    ("User-agent: *\nDisallow: /$", &["/a", "/?a"], &["/"]),
    ("User-agent: *\nDisallow: *", &[], &["/", "/a"]),
    ("User-agent: *\nDisallow: /*", &[], &["/", "/a"]),
    (
        "User-agent: *\nDisallow: *.pdf",
        &["/pdf"],
        &["/a.pdf", "/b/c.pdf?d"],
    ),
    (
        "User-agent: *\nDisallow: /a**b",
        &["/a", "/b"],
        &["/ab", "/axxb", "/a*b"],
    ),
    (
        "User-agent: *\nDisallow: /a*b*c$",
        &["/abcd", "/ac", "/acb"],
        &["/abc", "/a1b2c", "/abcbc"],
    ),
    ("User-agent: *\nDisallow: /a*$", &["/b"], &["/a", "/abc"]),
    (
        "User-agent: *\nDisallow: /*/private/*/x",
        &["/private/a/x", "/b/private/x"],
        &["/b/private/a/x", "/b/c/private/d/e/x"],
    ),
    (
        "User-agent: *\nDisallow: /*?",
        &["/", "/a"],
        &["/a?", "/a?b", "/?"],
    ),
    (
        "User-agent: *\nDisallow: /*?*sort=",
        &["/a?b=1"],
        &["/a?sort=x", "/a?b=1&sort=x"],
    ),
    (
        "User-agent: *\nDisallow: /*/x",
        &["/x"],
        &["/y/x", "/a?b=/x"],
    ),
    // Without a leading slash nothing begins so.
    ("User-agent: *\nDisallow: fish", &["/fish"], &[]),
    (
        "User-agent: *\nDisallow: https://x.example/fish",
        &["/fish"],
        &[],
    ),
    // A dollar that ends nothing is a character.
    (
        "User-agent: *\nDisallow: /a$b",
        &["/a", "/ab"],
        &["/a$b", "/a%24b"],
    ),
];

pub(super) const MOST_SPECIFIC: &[Case] = &[
    (
        "User-agent: *\nAllow: /p\nDisallow: /",
        &["/page", "/p"],
        &["/", "/x"],
    ),
    (
        "User-agent: *\nAllow: /folder\nDisallow: /folder",
        &["/folder/page"],
        &[],
    ),
    (
        "User-agent: *\nDisallow: /folder\nAllow: /folder",
        &["/folder/page"],
        &[],
    ),
    (
        "User-agent: *\nAllow: /page\nDisallow: /*.htm",
        &["/page"],
        &["/page.htm"],
    ),
    (
        "User-agent: *\nAllow: /page\nDisallow: /*.ph",
        &["/page.php5"],
        &[],
    ),
    (
        "User-agent: *\nAllow: /$\nDisallow: /",
        &["/"],
        &["/page.htm"],
    ),
    // RFC 9309, section 5.2.
    (
        "User-Agent: agentd\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
        &["/example/page/", "/example/page/x"],
        &["/example/page/disallowed.gif"],
    ),
    (
        "User-agent: *\nDisallow: /x/page.html\nAllow: /x/",
        &["/x/", "/x/a"],
        &["/x/page.html"],
    ),
    (
        "User-agent: *\nDisallow: /x/\nAllow: /x/page.html",
        &["/x/page.html"],
        &["/x/", "/x/page"],
    ),
    (
        "User-agent: *\nDisallow:\nAllow:\nDisallow: /a",
        &["/"],
        &["/a"],
    ),
    // RFC 9309, section 5.1: a crawler of each name there.
    (
        "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\nUser-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif",
        &["/publications/", "/publications/a.gif?x"],
        &[
            "/example/",
            "/example/page.html",
            "/a.gif",
            "/example/allowed.gif",
        ],
    ),
    (
        "User-Agent: agentd\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\nUser-Agent: *\nAllow: /",
        &["/example/page.html", "/example/allowed.gif"],
        &["/", "/publications/", "/example/"],
    ),
    (
        "User-Agent: *\nDisallow: /\n\nUser-Agent: barbot\nUser-Agent: agentd\nDisallow: /example/page.html",
        &["/", "/example/", "/example/allowed.gif"],
        &["/example/page.html"],
    ),
];

pub(super) const ENCODED: &[Case] = &[
    // RFC 9309, section 2.2.2.
    (
        "User-agent: *\nDisallow: /foo/bar?baz=quz",
        &["/foo/bar?baz=qux"],
        &["/foo/bar?baz=quz"],
    ),
    (
        "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar",
        &["/foo/bar?baz=https"],
        &[
            "/foo/bar?baz=https%3A%2F%2Ffoo.bar",
            "/foo/bar?baz=https://foo.bar",
        ],
    ),
    (
        "User-agent: *\nDisallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar",
        &[],
        &[
            "/foo/bar?baz=https%3a%2f%2ffoo.bar",
            "/foo/bar?baz=https://foo.bar",
        ],
    ),
    (
        "User-agent: *\nDisallow: /foo/bar/\u{30c4}",
        &["/foo/bar/"],
        &["/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"],
    ),
    (
        "User-agent: *\nDisallow: /foo/bar/%E3%83%84",
        &["/foo/bar/"],
        &["/foo/bar/%E3%83%84", "/foo/bar/\u{30c4}"],
    ),
    (
        "User-agent: *\nDisallow: /foo/bar/%62%61%7A",
        &["/foo/bar/ba"],
        &["/foo/bar/baz", "/foo/bar/%62%61%7a"],
    ),
    // RFC 9309, section 2.2.3.
    (
        "User-agent: *\nDisallow: /path/file-with-a-%2A.html",
        &["/path/file-with-a-b.html"],
        &["/path/file-with-a-*.html", "/path/file-with-a-%2a.html"],
    ),
    (
        "User-agent: *\nDisallow: /path/foo-%24",
        &["/path/foo-"],
        &["/path/foo-$", "/path/foo-%24"],
    ),
    // Case of the digits, and what is no encoding.
    (
        "User-agent: *\nDisallow: /a%3cd.html",
        &[],
        &["/a%3Cd.html", "/a%3cd.html"],
    ),
    ("User-agent: *\nDisallow: /a%2fb", &["/a/b"], &["/a%2Fb"]),
    (
        "User-agent: *\nDisallow: /%7Ejoe/",
        &[],
        &["/~joe/index.html", "/%7ejoe/"],
    ),
    (
        "User-agent: *\nDisallow: /100%",
        &["/10"],
        &["/100%", "/100%zz"],
    ),
    ("User-agent: *\nDisallow: /a b", &["/a"], &["/a%20b"]),
    (
        "User-agent: *\nDisallow: /SanJos\u{e9}Sellers",
        &["/SanJose"],
        &["/SanJos%C3%A9Sellers"],
    ),
];
