//! Many hosts of all kinds, crawled for long by the real broker on a clock that
//! only sleeping moves: what each host saw is held against what we promise.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use reqwest::{Request, Response};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::super::domain::registrable;
use super::super::transport::{NoAnswer, Transport};
use super::super::*;
use super::Book;
use super::script::{Asked, Clock, Notes, Reply, asked, get, given, page};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);
const GAP: Duration = Duration::from_secs(5);
const HOSTS: usize = 50;

/// What kind of host it is; hosts are of each kind in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tagged,
    Dated,
    LastsAnHour,
    ExpiresInTwo,
    Private,
    SlowPlease,
    TooSlowPlease,
    NoRobots,
    RobotsBroken,
    AsksToWait,
    AsksToWaitUntil,
    FailsNowAndThen,
    Dead,
    DiesForADay,
    Challenges,
    Moves,
}

const KINDS: [Kind; 16] = [
    Kind::Tagged,
    Kind::Dated,
    Kind::LastsAnHour,
    Kind::ExpiresInTwo,
    Kind::Private,
    Kind::SlowPlease,
    Kind::TooSlowPlease,
    Kind::NoRobots,
    Kind::RobotsBroken,
    Kind::AsksToWait,
    Kind::AsksToWaitUntil,
    Kind::FailsNowAndThen,
    Kind::Dead,
    Kind::DiesForADay,
    Kind::Challenges,
    Kind::Moves,
];

/// Every third host shares its domain with the next of its kind's round.
fn host(number: usize) -> String {
    let kind = number % KINDS.len();
    match number {
        0..16 => format!("a.k{kind}.example"),
        16..32 if kind.is_multiple_of(3) => format!("b.k{kind}.example"),
        _ => format!("jobs.n{number}.example"),
    }
}

fn kind(host: &str) -> Kind {
    let number = (0..HOSTS)
        .find(|number| self::host(*number) == host)
        .unwrap();
    KINDS[number % KINDS.len()]
}

/// The pages a plugin asks each host for; the last is forbidden by some.
const PAGES: [&str; 4] = ["/jobs?page=1", "/jobs?page=2", "/jobs/17", "/private/list"];

/// Which text a page has at a time: one in four pages changes, every two days.
fn version(path: &str, at: Duration) -> u64 {
    match path {
        "/jobs?page=1" => at.as_secs() / (48 * 3600),
        _ => 0,
    }
}

/// What one domain saw, and what it saw that it should not have.
#[derive(Debug, Default)]
struct Domain {
    busy: bool,
    /// End of the last request, or its start where it was cut off.
    last: Option<Duration>,
    not_before: Option<Duration>,
    failures: u32,
    failed_at: Option<Duration>,
}

#[derive(Default)]
struct Seen {
    domains: HashMap<String, Domain>,
    faults: Vec<String>,
    requests: u64,
    /// Text that was sent last, by address.
    sent: HashMap<String, u64>,
    sent_again: u64,
    not_modified: u64,
}

struct World {
    clock: Clock,
    seen: Mutex<Seen>,
}

/// A request under way: dropped when it is cut off.
struct Underway<'a> {
    world: &'a World,
    domain: String,
    start: Duration,
    done: bool,
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        let now = self.world.clock.elapsed();
        let mut seen = self.world.seen.lock().unwrap();
        let domain = seen.domains.get_mut(&self.domain).unwrap();
        domain.busy = false;
        domain.last = Some(if self.done { now } else { self.start });
    }
}

#[async_trait]
impl Transport for World {
    async fn send(&self, request: Request) -> Result<Response, NoAnswer> {
        let asked = asked(&request, self.clock);
        let mut underway = self.arrive(&asked);
        // Servers take their time.
        sleep(Duration::from_millis(200 + 37 * (asked.path.len() as u64))).await;
        let reply = self.answer(&asked);
        underway.done = true;
        drop(underway);
        given(reply)
    }
}

impl World {
    /// Holds an arrival against the rules.
    fn arrive(&self, asked: &Asked) -> Underway<'_> {
        let kind = kind(&asked.host);
        let name = registrable(&asked.host).to_owned();
        let mut seen = self.seen.lock().unwrap();
        seen.requests += 1;
        let mut faults = Vec::new();
        let domain = seen.domains.entry(name.clone()).or_default();
        if domain.busy {
            faults.push("two at a time");
        }
        domain.busy = true;
        let robots = asked.path == "/robots.txt";
        let gap = if kind == Kind::SlowPlease && !robots {
            20 * SECOND
        } else {
            GAP
        };
        if domain.last.is_some_and(|last| asked.at < last + gap) {
            faults.push("the gap was not held");
        }
        if domain.not_before.is_some_and(|then| asked.at < then) {
            faults.push("a retry before its time");
        }
        // A probe may be a robots.txt and the page it is asked for.
        let dead = domain.failures >= 5;
        if dead && domain.failed_at.is_some_and(|at| asked.at < at + HOUR / 2) {
            faults.push("a dead host was asked within half an hour");
        }
        let forbidden = match kind {
            Kind::Private => asked.path.starts_with("/private/"),
            Kind::TooSlowPlease | Kind::RobotsBroken => true,
            _ => false,
        };
        if forbidden && !robots {
            faults.push("a forbidden page was asked for");
        }
        let told = faults
            .iter()
            .map(|fault| format!("{fault}: {} {} at {:?}", asked.host, asked.path, asked.at));
        seen.faults.extend(told);
        Underway {
            world: self,
            domain: name,
            start: asked.at,
            done: false,
        }
    }

    fn answer(&self, asked: &Asked) -> Reply {
        let kind = kind(&asked.host);
        let now = self.clock.elapsed();
        let reply = match (kind, asked.path.as_str()) {
            (Kind::Dead, _) => Reply::Nothing,
            (Kind::DiesForADay, _) if (30 * HOUR..54 * HOUR).contains(&now) => Reply::Nothing,
            (_, "/robots.txt") => self.robots(kind),
            (Kind::Challenges, _) => page(403, &[("cf-mitigated", "challenge")], ""),
            (Kind::AsksToWait, _) if now.as_secs().is_multiple_of(7) => {
                self.asks(600, |_, seconds| seconds.to_string(), asked)
            }
            (Kind::AsksToWaitUntil, _) if now.as_secs().is_multiple_of(5) => {
                self.asks(90, |world, seconds| world.date(seconds), asked)
            }
            (Kind::FailsNowAndThen, _) if now.as_secs().is_multiple_of(10) => page(502, &[], ""),
            (Kind::Moves, path) if !path.starts_with("/new") => {
                page(301, &[("location", &format!("/new{path}"))], "")
            }
            (kind, path) => self.page(kind, path, asked),
        };
        let failed = match &reply {
            Reply::Nothing => true,
            Reply::Page { status, .. } => *status >= 500,
        };
        let mut seen = self.seen.lock().unwrap();
        let domain = seen.domains.get_mut(registrable(&asked.host)).unwrap();
        if failed {
            domain.failures += 1;
            domain.failed_at = Some(now);
        } else if asked.path != "/robots.txt" {
            domain.failures = 0;
        }
        reply
    }

    fn robots(&self, kind: Kind) -> Reply {
        let say = |text: &str| page(200, &[("cache-control", "max-age=60")], text);
        match kind {
            Kind::Private => say("User-agent: *\nDisallow: /private/"),
            Kind::SlowPlease => say("User-agent: agentd\nCrawl-delay: 20"),
            Kind::TooSlowPlease => say("User-agent: *\nCrawl-delay: 3600"),
            Kind::RobotsBroken => page(500, &[], ""),
            Kind::NoRobots | Kind::Challenges => page(404, &[], ""),
            _ => say("User-agent: *\nDisallow: /admin/"),
        }
    }

    fn asks(&self, seconds: u64, spell: fn(&Self, u64) -> String, asked: &Asked) -> Reply {
        let now = self.clock.elapsed();
        let mut seen = self.seen.lock().unwrap();
        let domain = seen.domains.get_mut(registrable(&asked.host)).unwrap();
        // Dates are whole seconds.
        domain.not_before = Some(now + Duration::from_secs(seconds) - SECOND);
        drop(seen);
        let value = spell(self, seconds);
        page(429, &[("retry-after", &value), ("date", &self.date(0))], "")
    }

    fn date(&self, ahead: u64) -> String {
        let time = self.clock.time() + Duration::from_secs(ahead);
        httpdate::fmt_http_date(time.into())
    }

    fn page(&self, kind: Kind, path: &str, asked: &Asked) -> Reply {
        let version = version(path.trim_start_matches("/new"), self.clock.elapsed());
        let tag = format!("\"{version}\"");
        let date = httpdate::fmt_http_date(
            std::time::UNIX_EPOCH + Duration::from_secs(700_000_000 + version * 60),
        );
        let mut headers = vec![("date", self.date(0))];
        match kind {
            Kind::Dated => headers.push(("last-modified", date.clone())),
            Kind::LastsAnHour => headers.push(("cache-control", "max-age=3600".to_owned())),
            Kind::ExpiresInTwo => headers.push(("expires", self.date(7200))),
            _ => {}
        }
        if kind != Kind::Dated {
            headers.push(("etag", tag.clone()));
        }
        let unchanged = match kind {
            Kind::Dated => asked.header("if-modified-since") == Some(date.as_str()),
            _ => asked.header("if-none-match") == Some(tag.as_str()),
        };
        let mut seen = self.seen.lock().unwrap();
        let (status, body) = if unchanged {
            seen.not_modified += 1;
            (304, String::new())
        } else {
            let before = seen.sent.insert(format!("{}{path}", asked.host), version);
            seen.sent_again += u64::from(before == Some(version));
            (200, format!("{path} in version {version}"))
        };
        Reply::Page {
            status,
            headers,
            body,
        }
    }
}

/// What the plugins got.
#[derive(Default)]
struct Got {
    pages: u64,
    /// Pages that said what they had said before.
    unchanged: u64,
    refused: u64,
    last: HashMap<String, Vec<u8>>,
}

/// Reads one host again and again, as a plugin would.
async fn crawl(fetch: GrantedFetch, number: usize, got: Arc<Mutex<Got>>) {
    let host = host(number);
    loop {
        for path in PAGES {
            let url = format!("https://{host}{path}");
            let answer = get(&fetch, &url).await;
            let mut got = got.lock().unwrap();
            match answer {
                Ok(answer) if answer.status == 200 => {
                    got.pages += 1;
                    let before = got.last.insert(url, answer.body.clone());
                    got.unchanged += u64::from(before.as_deref() == Some(answer.body.as_slice()));
                }
                Ok(_) => {}
                Err(_) => got.refused += 1,
            }
        }
        // From every quarter to every two hours.
        sleep(Duration::from_secs(900 + 137 * (number as u64))).await;
    }
}

/// One life of the daemon: a broker made of what was kept, and its plugins.
async fn live(parts: Parts, folder: &std::path::Path, got: &Arc<Mutex<Got>>, time: Duration) {
    let options = BrokerOptions {
        pages: Some(PageFolder {
            path: folder.to_owned(),
            bytes: 8 << 20,
        }),
        ..BrokerOptions::new("agentd/1.0", Route::Internet)
    };
    let broker = Broker::of_parts(options, parts).unwrap();
    let mut crawls = JoinSet::new();
    for number in 0..HOSTS {
        // Two plugins for every fourth host.
        for plugin in 0..1 + usize::from(number.is_multiple_of(4)) {
            let grant = Grant {
                plugin: format!("plugin-{plugin}"),
                hosts: vec![host(number).parse().unwrap()],
                terms_accepted: false,
            };
            let fetch = broker.granted(grant, "discover");
            crawls.spawn(crawl(fetch, number, Arc::clone(got)));
        }
    }
    sleep(time).await;
    // As a kill would: in the middle of whatever they do.
    crawls.shutdown().await;
}

#[tokio::test(start_paused = true)]
async fn a_long_crawl_is_polite_to_fifty_hosts_of_every_kind() {
    let hours = if std::env::var_os("AGENT_LONG").is_some() {
        1000
    } else {
        80
    };
    let clock = Clock::start();
    let world = Arc::new(World {
        clock,
        seen: Mutex::default(),
    });
    let (memory, folder) = (Arc::new(Notes::default()), tempfile::tempdir().unwrap());
    let got = Arc::new(Mutex::new(Got::default()));
    let mut life = 0;
    while clock.elapsed() < hours * HOUR {
        life += 1;
        let parts = Parts {
            transport: Arc::clone(&world) as _,
            ledger: Arc::new(Book::default()),
            memory: Arc::clone(&memory) as _,
            wall: Arc::new(move || clock.time()),
            chance: fastrand::Rng::with_seed(life),
        };
        // Some lives are a matter of minutes.
        let time = Duration::from_secs(300 + 7919 * (life % 9) * (life % 5));
        live(parts, folder.path(), &got, time).await;
    }
    let (seen, got) = (world.seen.lock().unwrap(), got.lock().unwrap());
    let faults = seen.faults.len();
    assert_eq!(faults, 0, "{:#?}", &seen.faults[..faults.min(20)]);
    assert!(
        life > 5 && seen.requests > 100 * u64::from(hours),
        "{life} lives, {} requests",
        seen.requests
    );
    assert!(
        got.refused > 0 && got.unchanged * 2 > got.pages,
        "{} of {}",
        got.unchanged,
        got.pages
    );
    // Of the pages that said the same as before, at most one in twenty was sent again.
    assert!(
        seen.sent_again * 20 <= got.unchanged,
        "{} of {} sent again, {} answered 304",
        seen.sent_again,
        got.unchanged,
        seen.not_modified
    );
    // Every host that can be read was.
    for number in 0..HOSTS {
        let host = host(number);
        let readable = !matches!(
            kind(&host),
            Kind::TooSlowPlease | Kind::RobotsBroken | Kind::Dead | Kind::Challenges
        );
        let read = got
            .last
            .keys()
            .any(|url| url.contains(&format!("//{host}/")));
        assert_eq!(read, readable, "{host} {:?}", kind(&host));
    }
}
