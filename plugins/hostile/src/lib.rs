//! A plugin that misbehaves on demand, for the tests of the sandbox. It is not
//! shipped. What it does is picked by the board's key.

// Misbehaving is its purpose.
#![allow(clippy::panic, unconditional_recursion)]

use std::hint::black_box;

use portal_sdk::contract::jobagent::portal::http::{self, FetchError, Response};
use portal_sdk::{
    Board, Capability, Level, Manifest, Page, Pay, Portal, PortalError, Posting, Query, Reach,
    Recipe, log,
};

mod form;

struct Hostile;

impl Portal for Hostile {
    fn describe() -> Manifest {
        Manifest {
            id: "hostile".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            description: "Breaks every rule, for tests.".to_owned(),
            hosts: vec!["hostile.example".to_owned()],
            form_hosts: vec!["forms.hostile.example".to_owned()],
            supports: vec![Capability::Discover, Capability::Detail, Capability::Form],
            reach: Reach::Portal,
            terms: None,
        }
    }

    fn claim(url: String) -> Option<Board> {
        match url.strip_prefix("https://hostile.example/") {
            Some("loop") => endless_loop(),
            Some(key) => Some(Board {
                key: key.to_owned(),
                url,
                company: None,
            }),
            None => None,
        }
    }

    fn discover(board: Board, _: Query, cursor: Option<String>) -> Result<Page, PortalError> {
        let postings = match board.key.as_str() {
            "honest" | "none" => vec![honest("1"), honest("2")],
            "loop" => endless_loop(),
            "memory" => memory_bomb(),
            "fragments" => fragments(),
            "recursion" => vec![honest(&recursion(1).to_string())],
            "fetch-ungranted" => vec![fetched("https://elsewhere.example/")?],
            "fetch-redirected" => vec![fetched("https://hostile.example/redirect")?],
            "fetch-forever" => loop {
                drop(http::get("https://hostile.example/page"));
            },
            "long-address" => {
                vec![fetched(&format!(
                    "https://hostile.example/{}",
                    "a".repeat(100_000)
                ))?]
            }
            "log-flood" => loop {
                log(Level::Info, &"flood ".repeat(1000));
            },
            "log-much" => {
                for _ in 0..100 {
                    log(Level::Warn, &"\u{1b}[2Jmuch ".repeat(1000));
                }
                vec![honest("1")]
            }
            "huge-result" => (0..40).map(|n| long(n, 1 << 20)).collect(),
            "many-postings" => (0..2001).map(|n| honest(&n.to_string())).collect(),
            "long-fields" => vec![long(1, 300_000), honest("2")],
            "invalid" => invalid(),
            "panic" => panic!("on purpose"),
            "error" => return Err(PortalError::Gone("the \u{1b}[31mboard\u{7}".to_owned())),
            "cursor" => vec![honest(&cursor.unwrap_or_default())],
            key => match key.split_once(':') {
                Some((behaviour, text)) => return told(behaviour, text),
                None => return Err(PortalError::Invalid(format!("no behaviour {key:?}"))),
            },
        };
        Ok(page(postings))
    }

    fn detail(_: Board, external_id: String) -> Result<Posting, PortalError> {
        Ok(honest(&external_id))
    }

    fn form(board: Board, _: String) -> Result<Recipe, PortalError> {
        form::recipe(&board.key)
    }
}

/// The behaviours that are told with what: an address, or a text.
fn told(behaviour: &str, text: &str) -> Result<Page, PortalError> {
    const SEARCH: &str = "https://jobs.example.com/search";
    let postings = match behaviour {
        "get" => vec![fetched(text)?],
        "forever" => loop {
            drop(http::get(text));
        },
        // As often as a call may ask.
        "often" => {
            for _ in 1..32 {
                fetched(text)?;
            }
            vec![fetched(text)?]
        }
        "form" => {
            let fields = [(text.to_owned(), text.to_owned())];
            vec![taken(http::post_form(SEARCH, &fields))?]
        }
        "json" => vec![taken(http::post_json(SEARCH, text))?],
        "say" => {
            log(Level::Warn, text);
            let mut posting = honest("1");
            posting.title = text.to_owned();
            let mut page = page(vec![posting]);
            page.dropped.push(text.to_owned());
            return Ok(page);
        }
        _ => return Err(PortalError::Invalid(format!("no behaviour {behaviour:?}"))),
    };
    Ok(page(postings))
}

fn page(postings: Vec<Posting>) -> Page {
    Page {
        total: u32::try_from(postings.len()).ok(),
        postings,
        next: None,
        dropped: Vec::new(),
    }
}

fn honest(id: &str) -> Posting {
    portal_sdk::posting(
        id.to_owned(),
        format!("https://hostile.example/jobs/{id}"),
        format!("Opening {id}"),
    )
}

fn endless_loop<T>() -> T {
    let mut n = 0_u64;
    loop {
        n = black_box(n.wrapping_add(1));
    }
}

fn memory_bomb<T>() -> T {
    let mut kept = Vec::new();
    loop {
        kept.push(black_box(vec![1_u8; 1 << 20]));
    }
}

/// Pieces of growing sizes, of which every second one is given back.
fn fragments<T>() -> T {
    let mut kept = Vec::new();
    for size in 1.. {
        let given_back = black_box(vec![1_u8; size * 61]);
        kept.push(black_box(vec![2_u8; size * 67]));
        drop(given_back);
    }
    endless_loop()
}

fn recursion(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    recursion(depth + 1) + frame.iter().sum::<u64>()
}

fn fetched(url: &str) -> Result<Posting, PortalError> {
    taken(http::get(url))
}

fn taken(answer: Result<Response, FetchError>) -> Result<Posting, PortalError> {
    match answer {
        Ok(response) => {
            let mut posting = honest("1");
            posting.title = String::from_utf8_lossy(&response.body).into_owned();
            Ok(posting)
        }
        Err(FetchError::Wait(seconds)) => Err(PortalError::RateLimited(seconds)),
        Err(error) => Err(PortalError::Fetch(format!("{error:?}"))),
    }
}

fn long(id: usize, bytes: usize) -> Posting {
    let mut posting = honest(&id.to_string());
    posting.description_html = Some("x".repeat(bytes));
    posting
}

fn invalid() -> Vec<Posting> {
    let mut address = honest("3");
    address.url = "javascript:alert(1)".to_owned();
    let mut controls = honest("4");
    controls.title = "Opening \u{1b}[2J\u{202e}4\u{0}".to_owned();
    let mut apply = honest("5");
    apply.apply_url = Some("file:///etc/passwd".to_owned());
    let mut pay = honest("6");
    pay.pay = Some(Pay {
        text: None,
        min: Some(f64::NAN),
        max: Some(f64::INFINITY),
        currency: None,
        period: None,
    });
    let mut again = honest("2");
    again.title = "Another opening".to_owned();
    let mut untitled = honest("7");
    untitled.title = " \u{200b} ".to_owned();
    vec![
        honest(""),
        honest("2"),
        again,
        address,
        controls,
        apply,
        pay,
        untitled,
    ]
}

portal_sdk::export!(Hostile with_types_in portal_sdk::contract);
