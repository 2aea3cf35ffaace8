//! The rules that need no server: spellings of addresses, and names that lead
//! to places that are not public.

mod answers;
mod politeness;
mod retry_times;
mod script;

use std::io;
use std::net::IpAddr;
use std::sync::Mutex;

use super::resolve::{Lookup, PublicOnly};
use super::target::Target;
use super::*;
use crate::fetch::Method;

fn grant() -> Grant {
    Grant {
        plugin: "example".to_owned(),
        hosts: ["jobs.example.com", "*.boards.example.com"]
            .iter()
            .map(|host| host.parse().unwrap())
            .collect(),
        terms_accepted: true,
    }
}

fn judge(url: &str) -> Result<String, FetchError> {
    let target = Target::parse(url, FetchLimits::default().url_bytes)?;
    target.check_granted(&grant())?;
    Ok(target.url().to_string())
}

#[derive(Debug, PartialEq)]
enum Verdict {
    NotGranted,
    Refused,
    TooMuch,
    Sent(&'static str),
}

fn check(url: &str, expected: &Verdict) {
    let verdict = match judge(url) {
        Ok(sent) => {
            assert_eq!(
                *expected,
                Verdict::Sent(Box::leak(sent.into_boxed_str())),
                "{url:?}"
            );
            return;
        }
        Err(FetchError::NotGranted { .. }) => Verdict::NotGranted,
        Err(FetchError::Refused { .. }) => Verdict::Refused,
        Err(FetchError::TooMuch { .. }) => Verdict::TooMuch,
        Err(other) => panic!("{url:?}: {other}"),
    };
    assert_eq!(verdict, *expected, "{url:?}");
}

#[test]
fn p5_every_spelling_of_another_place_is_refused() {
    use Verdict::{NotGranted, Refused, Sent, TooMuch};
    for (url, expected) in [
        // Other hosts, and hosts that look like a granted one.
        ("https://evil.example/", NotGranted),
        ("https://example.com/", NotGranted),
        ("https://jobs.example.com.evil.example/", NotGranted),
        ("https://evil.example/jobs.example.com", NotGranted),
        ("https://evil.example/?@jobs.example.com", NotGranted),
        ("https://evil.example#@jobs.example.com/", NotGranted),
        ("https://evil.example\\@jobs.example.com/", NotGranted),
        ("https:\\\\evil.example\\", NotGranted),
        ("https:evil.example", NotGranted),
        ("https://xjobs.example.com/", NotGranted),
        ("https://boards.example.com/", NotGranted),
        ("https://xboards.example.com/", NotGranted),
        ("https://jobs.exаmple.com/", NotGranted),
        ("https://jobs.example.com%2eevil.example/", NotGranted),
        ("https://127.0.0.1.nip.io/", NotGranted),
        ("https://[jobs.example.com]/", Refused),
        ("https://jobs.example.com./", Refused),
        ("https://.jobs.example.com/", Refused),
        ("https://a..boards.example.com/", Refused),
        ("https://localhost/", Refused),
        // Numbers in every spelling.
        ("https://127.0.0.1/", Refused),
        ("https://127.1/", Refused),
        ("https://2130706433/", Refused),
        ("https://0177.0.0.1/", Refused),
        ("https://0x7f.0.0.1/", Refused),
        ("https://0x7f000001/", Refused),
        ("https://127.0.0.1./", Refused),
        ("https://%31%32%37.0.0.1/", Refused),
        ("https://１２７.0.0.1/", Refused),
        ("https://127。0。0。1/", Refused),
        ("https://8.8.8.8/", Refused),
        ("https://[::1]/", Refused),
        ("https://[::ffff:127.0.0.1]/", Refused),
        ("https://[::ffff:7f00:1]/", Refused),
        ("https://[64:ff9b::7f00:1]/", Refused),
        ("https://[fe80::1%25eth0]/", Refused),
        ("https://0/", Refused),
        // Users, ports, schemes.
        ("https://jobs.example.com@evil.example/", Refused),
        ("https://evil.example@jobs.example.com/", Refused),
        ("https://u:p@jobs.example.com/", Refused),
        ("https://jobs.example.com:8443/", Refused),
        ("https://jobs.example.com:80/", Refused),
        ("https://jobs.example.com:0/", Refused),
        ("https://jobs.example.com:99999/", Refused),
        ("http://jobs.example.com/", Refused),
        ("http://jobs.example.com:443/", Refused),
        ("file:///etc/passwd", Refused),
        ("gopher://jobs.example.com:443/_x", Refused),
        ("ftp://jobs.example.com/", Refused),
        ("data:text/html,x", Refused),
        ("javascript:alert(1)", Refused),
        ("wss://jobs.example.com/", Refused),
        ("//jobs.example.com/", Refused),
        ("/jobs", Refused),
        ("", Refused),
        ("https://", Refused),
        ("https:///", Refused),
        // Blanks and control characters.
        ("https://jobs.example.com/\r\nHost: evil.example", Refused),
        ("https://jobs.example.com/\0", Refused),
        ("https://jobs.exa\tmple.com/", Refused),
        (" https://jobs.example.com/", Refused),
        ("https://jobs.example.com/a b", Refused),
        ("https://jobs.example.com/\u{2028}", Refused),
        // And what the granted ones look like.
        (
            "https://jobs.example.com/list?page=2",
            Sent("https://jobs.example.com/list?page=2"),
        ),
        (
            "HTTPS://JOBS.EXAMPLE.COM:443/a/../b#part",
            Sent("https://jobs.example.com/b"),
        ),
        (
            "https://acme.boards.example.com/%0d%0aX:1",
            Sent("https://acme.boards.example.com/%0d%0aX:1"),
        ),
        (
            "https://jobs.example.com/?q=zürich",
            Sent("https://jobs.example.com/?q=z%C3%BCrich"),
        ),
    ] {
        check(url, &expected);
    }
    let long = |length: usize| {
        let start = "https://jobs.example.com/";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    check(&long(8193), &TooMuch);
    assert_eq!(judge(&long(8192)), Ok(long(8192)));
    let grows = format!("https://jobs.example.com/{}", "ü".repeat(2000));
    check(&grows, &TooMuch);
}

#[derive(Default)]
struct Book(Mutex<Vec<Exchange>>);

impl Ledger for Book {
    fn record(&self, entry: Exchange) {
        self.0.lock().unwrap().push(entry);
    }
}

struct Leads(&'static [&'static str]);

#[async_trait]
impl Lookup for Leads {
    async fn addresses(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        Ok(self.0.iter().map(|text| text.parse().unwrap()).collect())
    }
}

#[tokio::test]
async fn p4_a_granted_name_that_leads_home_is_refused_before_a_byte_is_sent() {
    for addresses in [
        &["127.0.0.1"] as &[&str],
        &["8.8.8.8", "192.168.0.1"],
        &["::1"],
        &["169.254.169.254"],
    ] {
        let book = Arc::new(Book::default());
        let options = BrokerOptions {
            manners: Manners::practice(),
            ..BrokerOptions::new("test", Route::Internet)
        };
        let resolver = Arc::new(PublicOnly(Arc::new(Leads(addresses))));
        let joined = (book.clone() as Arc<dyn Ledger>, Arc::new(Forgetful) as _);
        let broker = Broker::with_resolver(options, resolver, joined).unwrap();
        let error = broker
            .granted(grant(), "test")
            .fetch(FetchRequest {
                method: Method::Get,
                url: "https://jobs.example.com/".to_owned(),
                body: Vec::new(),
            })
            .await
            .unwrap_err();
        assert!(
            matches!(&error, FetchError::Refused { why } if why.contains("public internet")),
            "{addresses:?}: {error}"
        );
        let entries = book.0.lock().unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].host, "jobs.example.com");
        assert_eq!((entries[0].bytes_out, entries[0].bytes_in), (0, 0));
        assert_eq!(entries[0].refusal.as_ref(), Some(&error.to_string()));
    }
}

#[test]
fn p4_practice_never_leaves_the_machine() {
    let options = |address: &str| {
        let route = Route::Practice {
            address: address.parse().unwrap(),
            ca_pem: Vec::new(),
        };
        BrokerOptions::new("test", route)
    };
    let open = |address| Broker::new(options(address), Arc::new(Book::default())).err();
    for address in ["8.8.8.8:443", "192.168.0.1:443", "0.0.0.0:443", "[::]:443"] {
        assert!(
            matches!(open(address), Some(BrokerError::NotLoopback { .. })),
            "{address}"
        );
    }
    for address in ["127.0.0.1:443", "[::1]:443"] {
        assert!(
            matches!(open(address), Some(BrokerError::PracticeAuthority { .. })),
            "{address}"
        );
    }
}
