//! Filters over real rows: what each test finds, and that nothing typed breaks out.

use agent_core::{
    filter::parse,
    job::{Level, Pay, PayPeriod, Place, Stated, WorkplaceKind},
    matching::Outcome,
    profile::Preferences,
    skill::{Need, SkillMatch},
};
use agent_store::{Enrichment, JobFilter, Narrow, Said, SearchQuery, SeenJob};
use jiff::civil::date;

use crate::support::{self, Corpus, at, key, standing};

fn stated<T>(value: T) -> Stated<T> {
    Stated {
        value,
        text: String::new(),
    }
}

fn skill(name: &str) -> SkillMatch {
    SkillMatch {
        skill: name.to_owned(),
        need: Need::Required,
        years: None,
        evidence: String::new(),
    }
}

/// A remote Rust job in Zürich, an agency's hybrid job in Berlin, and one that
/// says nothing of itself.
async fn corpus() -> Corpus {
    let corpus = Corpus::new().await;
    let with = |id: &str, title: &str, change: &dyn Fn(&mut SeenJob)| {
        let mut seen = corpus.job(id, title, "Our description: bread and ledgers.");
        change(&mut seen);
        seen
    };
    let place = |text: &str, city: &str, country: &str| Place {
        text: text.to_owned(),
        city: Some(city.to_owned()),
        country: Some(country.to_owned()),
        region: None,
    };
    let jobs = vec![
        with("rust", "Senior Rust Engineer", &|seen| {
            let job = &mut seen.job;
            job.company = "Kranich Systeme".to_owned();
            job.places = vec![place("Zürich, CH", "Zürich", "CH")];
            job.workplace.kind = Some(WorkplaceKind::Remote);
            job.level = Some(stated(Level::Senior));
            job.pay = Some(Pay {
                min: Some(40.0),
                max: Some(60.0),
                currency: Some("EUR".to_owned()),
                period: PayPeriod::Hour,
                text: String::new(),
            });
            job.employment = Some("Full-time".to_owned());
            job.language = Some("en".to_owned());
            job.posted_on = Some(date(2023, 11, 10));
            job.closes_on = Some(date(2023, 11, 20));
            job.industry = Some("Banking".to_owned());
            job.department = Some("Platform".to_owned());
        }),
        with("office", "Office Clerk", &|seen| {
            let job = &mut seen.job;
            job.places = vec![place("Berlin", "Berlin", "DE"), place("Bern", "Bern", "CH")];
            job.workplace.kind = Some(WorkplaceKind::Hybrid);
            job.agency = Some(true);
            job.language = Some("de".to_owned());
            job.posted_on = Some(date(2023, 10, 1));
        }),
        with("plain", "Baker", &|_| {}),
    ];
    corpus.ingest(1, jobs).await;
    let ids = ["rust", "office", "plain"].map(|id| corpus.id(id));
    corpus
        .store
        .write(move |tx| {
            for (id, skills) in ids
                .iter()
                .zip([vec![skill("Rust"), skill("SQL")], vec![], vec![]])
            {
                tx.save_enrichment(&Enrichment {
                    job: *id,
                    revision: 1,
                    lexicon: "1",
                    skills: &skills,
                    space: &support::space("a"),
                    vector: &[1.0, 0.0, 0.0],
                    title_vector: &[1.0, 0.0, 0.0],
                })?;
            }
            support::rank(tx, &key(1), |title| match title {
                "Senior Rust Engineer" => standing(Outcome::Pass, 90.0),
                "Office Clerk" => standing(Outcome::Ask, 50.0),
                _ => standing(Outcome::Fail, 10.0),
            })?;
            tx.say_of_job(ids[0], Said::Like, "", at(2))?;
            let wishes = Preferences {
                watched_companies: vec!["KRANICH Systeme GmbH".to_owned()],
                ..Preferences::default()
            };
            tx.save_preferences(&wishes, at(2))?;
            Ok(())
        })
        .await
        .unwrap();
    corpus
}

/// 2023-11-14, a day after the first sight of the jobs.
fn narrow(typed: &str) -> Narrow {
    Narrow {
        filter: parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}")),
        now: at(3600),
    }
}

async fn listed(corpus: &Corpus, typed: &str) -> Vec<String> {
    let filter = JobFilter {
        include_failed: true,
        include_closed: true,
        include_hidden: true,
        narrow: Some(narrow(typed)),
        limit: 10,
        ..JobFilter::default()
    };
    let list = corpus
        .store
        .read(move |r| r.list_jobs(&filter))
        .await
        .unwrap_or_else(|error| panic!("{typed}: {error}"));
    assert_eq!(list.total as usize, list.rows.len(), "{typed}");
    list.rows.into_iter().map(|row| row.title).collect()
}

#[tokio::test]
async fn each_test_finds_the_jobs_it_fits() {
    const RUST: &str = "Senior Rust Engineer";
    const CLERK: &str = "Office Clerk";
    const BAKER: &str = "Baker";
    let corpus = corpus().await;
    let check = async |typed: &str, expected: &[&str]| {
        assert_eq!(listed(&corpus, typed).await, expected, "{typed}");
    };
    check("score>75 and remote", &[RUST]).await;
    check("score<=50", &[CLERK, BAKER]).await;
    check("remote or hybrid", &[RUST, CLERK]).await;
    // Who says nothing fits no test, and so every negation.
    check("not remote", &[CLERK, BAKER]).await;
    check("onsite", &[]).await;
    check("pass or ask", &[RUST, CLERK]).await;
    check("outcome!=fail", &[RUST, CLERK]).await;
    // 40 to 60 an hour is 83,200 to 124,800 a year.
    check("pay>120k", &[RUST]).await;
    check("pay>120k USD", &[]).await;
    check("pay>=124800 EUR", &[RUST]).await;
    check("pay>124800", &[]).await;
    check("pay<83201", &[RUST]).await;
    check("pay=100k", &[RUST]).await;
    check("not pay>0", &[CLERK, BAKER]).await;
    check("posted<7d", &[RUST]).await;
    check("posted>7d", &[CLERK]).await;
    check("posted=2023-11-10", &[RUST]).await;
    check("posted<2023-11-10", &[CLERK]).await;
    check("closes<7d", &[RUST]).await;
    check("new", &[RUST, CLERK, BAKER]).await;
    check("seen>1d", &[]).await;
    check("seen=today", &[RUST, CLERK, BAKER]).await;
    check("seen<2023-11-14", &[]).await;
    check("level>=mid", &[RUST]).await;
    check("level<senior", &[]).await;
    check("title:\"rust engin\"", &[RUST]).await;
    check("title:bread", &[]).await;
    check("text:bread", &[RUST, CLERK, BAKER]).await;
    check("company:kranich", &[RUST]).await;
    check("company!=kranich", &[CLERK, BAKER]).await;
    check("place:zurich", &[RUST]).await;
    check("place:BERLIN", &[CLERK]).await;
    check("country:CH", &[RUST, CLERK]).await;
    check("country:germany", &[CLERK]).await;
    check("language:German", &[CLERK]).await;
    check("employment:\"full time\"", &[RUST]).await;
    check("industry:bank", &[RUST]).await;
    check("department:platform", &[RUST]).await;
    check("skill:rust and skill:SQL", &[RUST]).await;
    check("skill:Go", &[]).await;
    check("source:acme", &[RUST, CLERK, BAKER]).await;
    check("source:greenhouse and not source:acme", &[]).await;
    check("agency", &[CLERK]).await;
    check("liked", &[RUST]).await;
    check("watched", &[RUST]).await;
    check("hidden or closed or applied", &[]).await;
    check("open and (liked or not (remote or hybrid))", &[RUST, BAKER]).await;
}

#[tokio::test]
async fn a_search_can_be_narrowed_and_a_filter_alone_be_searched() {
    let corpus = corpus().await;
    let search = async |text: &str, typed: &str| -> Vec<String> {
        let query = SearchQuery {
            text: text.to_owned(),
            limit: 10,
            narrow: (!typed.is_empty()).then(|| narrow(typed)),
            ..SearchQuery::default()
        };
        let hits = corpus.store.read(move |r| r.search(&query)).await.unwrap();
        hits.into_iter().map(|hit| hit.row.title).collect()
    };
    assert_eq!(search("bread", "").await.len(), 3);
    assert_eq!(search("bread", "agency").await, ["Office Clerk"]);
    assert_eq!(search("bread", "onsite").await, Vec::<String>::new());
    assert_eq!(
        search("", "not onsite").await,
        ["Senior Rust Engineer", "Office Clerk"],
        "in the order of the list, without what breaks a limit"
    );
    assert_eq!(search("", "fail").await, ["Baker"]);
}

/// A small generator of pseudo-random numbers (xorshift), so that every run is the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

#[tokio::test]
async fn whatever_is_typed_is_refused_or_runs_and_changes_nothing() {
    const PIECES: &[&str] = &[
        "score",
        "pay",
        "posted",
        "seen",
        "closes",
        "level",
        "title",
        "text",
        "company",
        "place",
        "country",
        "skill",
        "source",
        "remote",
        "hidden",
        "liked",
        "new",
        "closed",
        "agency",
        "applied",
        "fail",
        "and",
        "or",
        "not",
        "(",
        ")",
        "<",
        ">",
        "=",
        ":",
        "!=",
        ">=",
        "75",
        "80k",
        "EUR",
        "7d",
        "2026-01-31",
        "senior",
        "DE",
        "\"",
        "\"a b\"",
        "'",
        "';--",
        "\\",
        "%",
        "*",
        "^",
        "NEAR",
        "{title}",
        "-",
        "🥐",
        "\0",
        "x",
        "Zürich",
        "1=1",
        "/*",
        "?1",
        ":narrow0",
        "@a",
        "$b",
        "NULL",
        "\u{202e}",
        "C++",
        "c#",
    ];
    let corpus = corpus().await;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut ran, mut refused) = (0, 0);
    for round in 0..1500 {
        let mut typed = String::new();
        // Half of them are built to be right more often.
        if round % 2 == 0 {
            let fields = [
                "title:",
                "text:",
                "company:",
                "place:",
                "skill:",
                "source:",
                "industry:",
            ];
            let field = fields[dice.roll(fields.len())];
            let value = PIECES[dice.roll(PIECES.len())].replace('"', "");
            let more = PIECES[dice.roll(PIECES.len())].replace('"', "");
            typed = format!("not ({field}\"{value}{more}\") or {field}\"{more} {value}\"");
        } else {
            for _ in 0..=dice.roll(8) {
                typed.push_str(PIECES[dice.roll(PIECES.len())]);
                if dice.roll(3) > 0 {
                    typed.push(' ');
                }
            }
        }
        let Ok(filter) = parse(&typed) else {
            refused += 1;
            continue;
        };
        ran += 1;
        let narrow = Narrow {
            filter,
            now: at(3600),
        };
        let list = JobFilter {
            narrow: Some(narrow.clone()),
            limit: 5,
            ..JobFilter::default()
        };
        let query = SearchQuery {
            text: "bread".to_owned(),
            limit: 5,
            narrow: Some(narrow),
            ..SearchQuery::default()
        };
        let asked = corpus
            .store
            .read(move |r| Ok((r.list_jobs(&list)?, r.search(&query)?)))
            .await;
        assert!(asked.is_ok(), "{typed}: {asked:?}");
    }
    assert!(
        ran > 300 && refused > 300,
        "{ran} ran, {refused} were refused"
    );
    let counts = corpus.store.read(|r| r.job_counts()).await.unwrap();
    assert_eq!(counts.open, 3);
}
