//! Whose rules count, and how lines are read.

use super::Case;

pub(super) const GROUPS: &[Case] = &[
    ("", &["/", "/any"], &[]),
    (
        "User-agent: *\nDisallow: /",
        &["/robots.txt"],
        &["/", "/any", "/any?x=1"],
    ),
    ("User-agent: *\nDisallow:", &["/", "/any"], &[]),
    ("User-agent: *\nDisallow: /\nDisallow:", &[], &["/"]),
    ("User-agent: *\nAllow: /", &["/"], &[]),
    // Nobody is named.
    ("Disallow: /", &["/", "/x"], &[]),
    (
        "Disallow: /\nUser-agent: agentd\nDisallow: /b",
        &["/a"],
        &["/b"],
    ),
    // Our own group counts and no other.
    (
        "User-agent: agentd\nDisallow: /a\n\nUser-agent: *\nDisallow: /b",
        &["/b"],
        &["/a"],
    ),
    (
        "User-agent: *\nDisallow: /b\n\nUser-agent: agentd\nDisallow: /a",
        &["/b"],
        &["/a"],
    ),
    ("User-agent: other\nDisallow: /", &["/"], &[]),
    (
        "User-agent: agentd\nUser-agent: *\nDisallow: /",
        &[],
        &["/x"],
    ),
    // A group of our own without rules allows everything.
    (
        "User-agent: *\nDisallow: /\n\nUser-agent: agentd",
        &["/x"],
        &[],
    ),
    (
        "User-agent: *\nDisallow: /\nUser-agent: agentd\nDisallow:",
        &["/x"],
        &[],
    ),
    // Names are compared without case, up to what is no name.
    ("user-agent: AgentD\nDISALLOW: /a", &["/b"], &["/a"]),
    (
        "USER-AGENT: AGENTD/2.1 (compatible)\ndisallow: /a",
        &["/b"],
        &["/a"],
    ),
    ("User-agent: agentd bot\nDisallow: /a", &[], &["/a"]),
    ("User-agent: agentd-news\nDisallow: /a", &["/a"], &[]),
    ("User-agent: agent\nDisallow: /a", &["/a"], &[]),
    ("User-agent: agentd2\nDisallow: /a", &[], &["/a"]),
    ("User-agent: *bot\nDisallow: /a", &["/a"], &[]),
    ("User-agent: * all\nDisallow: /a", &[], &["/a"]),
    // Groups for one name are one group (RFC 9309, 2.2.1).
    (
        "User-agent: agentd\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: agentd\nDisallow: /c",
        &["/b"],
        &["/a", "/c"],
    ),
    (
        "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b",
        &["/c"],
        &["/a", "/b"],
    ),
    // Several names have one group.
    (
        "User-agent: other\nUser-agent: agentd\nUser-agent: third\nDisallow: /a",
        &["/b"],
        &["/a"],
    ),
    (
        "User-agent: agentd\n\n\nUser-agent: other\n\nDisallow: /a",
        &[],
        &["/a"],
    ),
    // Lines of no meaning end no group.
    (
        "User-agent: agentd\nSitemap: https://x.example/s.xml\nUser-agent: other\nDisallow: /a",
        &[],
        &["/a"],
    ),
    (
        "User-agent: agentd\nCrawl-delay: 3\nUser-agent: other\nDisallow: /a",
        &[],
        &["/a"],
    ),
    (
        "User-agent: agentd\nfoo: bar\nDisallow: /a\nfoo: bar\nDisallow: /b",
        &["/c"],
        &["/a", "/b"],
    ),
    (
        "User-agent: other\nDisallow: /\nSitemap: /s\nAllow: /",
        &["/x"],
        &[],
    ),
    (
        "Sitemap: https://x.example/\nUser-agent: *\nDisallow: /a",
        &[],
        &["/a"],
    ),
];

pub(super) const LINES: &[Case] = &[
    ("\u{feff}User-agent: *\nDisallow: /a", &["/b"], &["/a"]),
    ("User-agent: *\r\nDisallow: /a\r\n", &["/b"], &["/a"]),
    ("User-agent: *\rDisallow: /a\r", &["/b"], &["/a"]),
    ("  User-agent :  *  \n\tDisallow\t:\t/a\t", &["/b"], &["/a"]),
    ("User-agent:*\nDisallow:/a", &["/b"], &["/a"]),
    (
        "User-agent: * # all\nDisallow: /a # but not this",
        &["/b"],
        &["/a", "/a%20#x"],
    ),
    ("# User-agent: *\nDisallow: /", &["/"], &[]),
    (
        "User-agent: *\n#Disallow: /\nDisallow: /a",
        &["/b"],
        &["/a"],
    ),
    ("User-agent: *\nDisallow: #/a", &["/a"], &[]),
    // Colons that were forgotten, and spellings that are meant.
    ("User-agent *\nDisallow /a", &["/b"], &["/a"]),
    ("User-agent: *\nDisallow /a b", &["/a", "/a%20b"], &[]),
    (
        "Useragent: *\nDissallow: /a\nDisalow: /b\nDiasllow: /c",
        &["/d"],
        &["/a", "/b", "/c"],
    ),
    ("User agent: *\nDisallow: /a", &[], &["/a"]),
    ("User-agents: *\nDisallow: /a", &["/a"], &[]),
    (
        "<!DOCTYPE html>\n<title>Not found</title>\n<a href=\"x: /\">Disallow: /</a>",
        &["/", "/x"],
        &[],
    ),
    ("User-agent: *\nDisallow: /a:b", &["/a"], &["/a:b"]),
    (
        "\u{0}\u{1}\u{2}\nUser-agent: *\nDisallow: /a",
        &["/b"],
        &["/a"],
    ),
];
