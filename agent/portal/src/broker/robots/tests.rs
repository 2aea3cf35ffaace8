//! The corpus: what each file says of each path, by the examples and words of
//! RFC 9309 and the rules Google documents for its own parser.

use std::time::Duration;

use super::rules::READ;
use super::*;

const US: &str = "agentd";

/// Whether `file` lets a path be read.
fn allows(file: &str, path: &str) -> bool {
    Rules::parse(file.as_bytes(), US).allow(path)
}

/// A file, and the paths it allows and forbids.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

fn check(cases: &[Case]) -> usize {
    for (file, allowed, forbidden) in cases {
        for path in *allowed {
            assert!(allows(file, path), "{path} is forbidden by\n{file}");
        }
        for path in *forbidden {
            assert!(!allows(file, path), "{path} is allowed by\n{file}");
        }
    }
    cases.iter().map(|(_, yes, no)| yes.len() + no.len()).sum()
}

const GROUPS: &[Case] = &[
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

const LINES: &[Case] = &[
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

const PATHS: &[Case] = &[
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

const MOST_SPECIFIC: &[Case] = &[
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

const ENCODED: &[Case] = &[
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

#[test]
fn every_file_of_the_corpus_is_understood() {
    let all = [GROUPS, LINES, PATHS, MOST_SPECIFIC, ENCODED];
    let verdicts: usize = all.iter().map(|cases| check(cases)).sum();
    assert!(verdicts >= 200, "{verdicts}");
}

#[test]
fn the_pause_that_is_asked_for_is_read() {
    for (file, expected) in [
        ("User-agent: *\nCrawl-delay: 10", Some(10.0)),
        ("User-agent: *\nCrawl-delay: 0.5\nDisallow: /a", Some(0.5)),
        (
            "User-agent: *\nDisallow: /a\ncrawl-delay:120 # long",
            Some(120.0),
        ),
        ("User-agent: *\nCrawl-delay: 5\nCrawl-delay: 20", Some(20.0)),
        (
            "User-agent: agentd\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 90",
            Some(7.0),
        ),
        ("User-agent: other\nCrawl-delay: 7", None),
        (
            "User-agent: agentd\nDisallow: /\n\nUser-agent: *\nCrawl-delay: 90",
            None,
        ),
        ("User-agent: *\nCrawl-delay: -1", None),
        ("User-agent: *\nCrawl-delay: NaN", None),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay:", None),
        ("User-agent: *\nCrawl-delay: 1e300", Some(1e9)),
        ("User-agent: *\nCrawl-delay: inf", Some(1e9)),
        ("Crawl-delay: 10", None),
    ] {
        let delay = Rules::parse(file.as_bytes(), US).delay();
        assert_eq!(delay, expected.map(Duration::from_secs_f64), "{file}");
    }
}

#[test]
fn a_large_file_is_read_as_far_as_promised_and_in_no_time() {
    let within = format!(
        "User-agent: *\nDisallow: /a\n{}Disallow: /b",
        "#\n".repeat(250 * 1024)
    );
    assert!(within.len() > 500 * 1024 && within.len() < READ);
    assert!(!allows(&within, "/b"));
    let beyond = format!(
        "User-agent: *\nDisallow: /a\n{}Disallow: /b",
        "#\n".repeat(READ / 2)
    );
    assert!(!allows(&beyond, "/a") && allows(&beyond, "/b"));
    // Stars that would make a backtracking comparison take for ever.
    let star = format!("Disallow: /{}b\n", "a*".repeat(2000));
    let hostile = format!("User-agent: *\n{}", star.repeat(120));
    assert!(allows(&hostile, &format!("/{}", "a".repeat(8000))));
}

#[test]
fn any_bytes_are_a_file() {
    let mut chance = fastrand::Rng::with_seed(9309);
    for _ in 0..2000 {
        let length = chance.usize(..400);
        let file: Vec<u8> = (0..length).map(|_| chance.u8(..)).collect();
        Rules::parse(&file, US).allow("/a%b?c*$");
    }
}

/// The same question answered slowly and by the book: every way to read the stars.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    match (pattern, path) {
        ([], _) | ([b'$'], []) => true,
        ([b'*', rest @ ..], path) => (0..=path.len()).any(|skip| matches(rest, &path[skip..])),
        ([first, rest @ ..], [next, path @ ..]) => first == next && matches(rest, path),
        ([_, ..], []) => false,
    }
}

fn random_path(chance: &mut fastrand::Rng, of: &str) -> String {
    let characters: Vec<char> = of.chars().collect();
    let rest = (0..chance.usize(..7)).map(|_| *chance.choice(&characters).unwrap());
    std::iter::once('/').chain(rest).collect()
}

#[test]
fn a_slow_and_simple_reader_comes_to_the_same_verdict_on_random_files() {
    let mut chance = fastrand::Rng::with_seed(2022);
    let mut forbidden = 0;
    for _ in 0..50_000 {
        let rules: Vec<(bool, String)> = (0..chance.usize(1..8))
            .map(|_| (chance.bool(), random_path(&mut chance, "abab**/$")))
            .collect();
        let path = random_path(&mut chance, "abab/");
        let mut file = "User-agent: *\n".to_owned();
        for (allow, pattern) in &rules {
            let key = if *allow { "Allow" } else { "Disallow" };
            file.push_str(&format!("{key}: {pattern}\n"));
        }
        let decides = rules
            .iter()
            .filter(|(_, pattern)| matches(pattern.as_bytes(), path.as_bytes()))
            .max_by_key(|(allow, pattern)| (pattern.len(), *allow));
        let expected = decides.is_none_or(|(allow, _)| *allow);
        assert_eq!(allows(&file, &path), expected, "{path} by\n{file}");
        forbidden += u32::from(!expected);
    }
    assert!((5_000..45_000).contains(&forbidden), "{forbidden}");
}
