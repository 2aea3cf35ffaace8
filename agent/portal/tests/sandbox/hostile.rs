//! Each way to misbehave: a typed error within its limit, the same session
//! usable afterwards, and an honest plugin beside it answering all along.

use std::sync::Arc;
use std::time::{Duration, Instant};

use agent_portal::error::{PluginError, PortalError};
use agent_portal::fetch::FetchError;
use agent_portal::host::{LogLevel, Page, Session};
use agent_portal::limits::Limits;

use crate::support::{Bench, Pages, board};

const LIST: &str = "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true";
const PAGE: &str = "https://hostile.example/page";

fn pages() -> Arc<Pages> {
    let elsewhere = FetchError::NotGranted {
        host: "elsewhere.example".to_owned(),
    };
    Arc::new(
        Pages::default()
            .with(LIST, 200, r#"{"jobs":[{"id":1,"title":"Nurse"}]}"#)
            .with(PAGE, 200, "hello")
            .failing("https://hostile.example/redirect", elsewhere),
    )
}

/// Asks the hostile plugin for `key` and hands its answer to `expected`.
async fn check(
    key: &str,
    limits: Limits,
    expected: impl FnOnce(Result<Page, PluginError>) -> bool,
) {
    let most = limits.wall + limits.grace + Duration::from_secs(3);
    let bench = Bench::new(limits);
    let pages = pages();
    let mut hostile = bench
        .session("testing/hostile.wasm", "hostile.example", &pages)
        .await;
    let mut honest = bench
        .session("greenhouse.wasm", "boards-api.greenhouse.io", &pages)
        .await;

    let start = Instant::now();
    let key_of_acme = board("acme");
    let (answer, beside) = tokio::join!(
        async { hostile.discover(&board(key), &[], None).await },
        honest.discover(&key_of_acme, &[], None),
    );
    assert!(start.elapsed() < most, "{key}: took {:?}", start.elapsed());
    let shown = format!("{answer:?}");
    let shown = shown.get(..500).unwrap_or(&shown).to_owned();
    assert!(expected(answer), "{key}: {shown}");
    assert_eq!(beside.unwrap().postings.len(), 1, "{key}: beside it");

    still_answers(&mut hostile, key).await;
    let after = honest.discover(&key_of_acme, &[], None).await.unwrap();
    assert_eq!(after.postings.len(), 1, "{key}: afterwards");
    hostile.close().await;
    honest.close().await;
}

async fn still_answers(session: &mut Session, key: &str) {
    let page = session.discover(&board("honest"), &[], None).await.unwrap();
    assert_eq!(page.postings.len(), 2, "{key}: the same session");
}

fn quick() -> Limits {
    Limits {
        wall: Duration::from_secs(5),
        ..Limits::default()
    }
}

fn impatient() -> Limits {
    Limits {
        wall: Duration::from_millis(300),
        fuel: u64::MAX,
        ..Limits::default()
    }
}

#[tokio::test]
async fn p5_an_endless_loop_is_stopped_by_instructions_or_by_time() {
    let little = Limits {
        fuel: 10_000_000,
        ..quick()
    };
    check("loop", little, |answer| {
        matches!(answer, Err(PluginError::OutOfFuel { .. }))
    })
    .await;
    check("loop", impatient(), |answer| {
        matches!(answer, Err(PluginError::TimedOut { .. }))
    })
    .await;
}

#[tokio::test]
async fn p5_memory_and_stack_end_where_they_are_limited() {
    check("memory", quick(), |answer| {
        matches!(answer, Err(PluginError::OutOfMemory { .. }))
    })
    .await;
    check("recursion", quick(), |answer| {
        matches!(answer, Err(PluginError::Trapped { .. }))
    })
    .await;
    check("panic", quick(), |answer| {
        matches!(answer, Err(PluginError::Trapped { .. }))
    })
    .await;
}

#[tokio::test]
async fn p5_a_page_of_a_host_not_granted_is_not_fetched() {
    let not_granted = |answer| {
        matches!(
            answer,
            Err(PluginError::Portal { fetch: Some(FetchError::NotGranted { host }), .. })
                if host == "elsewhere.example"
        )
    };
    check("fetch-ungranted", quick(), not_granted).await;
    check("fetch-redirected", quick(), not_granted).await;
    let refused = |answer| {
        matches!(
            answer,
            Err(PluginError::Portal {
                fetch: Some(FetchError::Refused { .. }),
                ..
            })
        )
    };
    check("fetch-file", quick(), refused).await;
    check("long-address", quick(), refused).await;
    // The twin: a granted page arrives.
    check("fetch-once", quick(), |answer| {
        answer.is_ok_and(|page| page.postings[0].title == "hello")
    })
    .await;
}

#[tokio::test]
async fn p5_fetches_are_counted() {
    check("fetch-forever", quick(), |answer| {
        matches!(answer, Err(PluginError::TooManyFetches { limit: 32 }))
    })
    .await;
    check("fetch-32", quick(), |answer| answer.is_ok()).await;

    let bench = Bench::new(quick());
    let pages = pages();
    let mut session = bench
        .session("testing/hostile.wasm", "hostile.example", &pages)
        .await;
    let _ = session.discover(&board("fetch-forever"), &[], None).await;
    assert_eq!(pages.asked(), 32, "no more than allowed are asked for");
}

#[tokio::test]
async fn p5_a_flood_of_log_lines_is_cut() {
    check("log-flood", impatient(), |answer| {
        matches!(answer, Err(PluginError::TimedOut { .. }))
    })
    .await;
    check("log-much", quick(), |answer| {
        answer.is_ok_and(|page| {
            let bytes: usize = page.log.iter().map(|line| line.message.len()).sum();
            let last = page.log.last().unwrap();
            bytes < 66_000 && last.level == LogLevel::Warn && last.message.contains("too long")
        })
    })
    .await;
}

#[tokio::test]
async fn p5_a_result_beyond_its_limits_is_refused() {
    check("huge-result", quick(), |answer| {
        matches!(answer, Err(PluginError::BadResult { .. }))
    })
    .await;
    check("many-postings", quick(), |answer| {
        matches!(answer, Err(PluginError::TooLarge { limit: 2000, .. }))
    })
    .await;
    check("long-fields", quick(), |answer| {
        answer.is_ok_and(|page| {
            page.postings.len() == 1 && page.dropped[0].contains("description that is too long")
        })
    })
    .await;
}

#[tokio::test]
async fn p5_postings_that_make_no_sense_are_dropped_with_their_reasons() {
    check("invalid", quick(), |answer| {
        answer.is_ok_and(|page| {
            let ids: Vec<_> = page
                .postings
                .iter()
                .map(|p| p.external_id.as_str())
                .collect();
            let six = page.postings.iter().find(|p| p.external_id == "6").unwrap();
            let pay = six.pay.as_ref().unwrap();
            assert_eq!((pay.min, pay.max), (None, None));
            assert!(page.postings.iter().all(|p| p.apply_url.is_none()));
            assert_eq!(ids, ["2", "4", "5", "6"], "{:?}", page.dropped);
            page.dropped.len() == 4
        })
    })
    .await;
}

#[tokio::test]
async fn p6_a_portal_error_carries_no_control_characters() {
    check("error", quick(), |answer| {
        let Err(PluginError::Portal {
            error: PortalError::Gone(why),
            ..
        }) = answer
        else {
            return false;
        };
        why.contains("board") && !why.chars().any(char::is_control)
    })
    .await;
}

#[tokio::test]
async fn p5_claim_is_limited_like_any_call() {
    let bench = Bench::new(impatient());
    let mut session = bench
        .session("testing/hostile.wasm", "hostile.example", &pages())
        .await;
    let error = session.claim("https://hostile.example/loop").await;
    assert!(
        matches!(error, Err(PluginError::TimedOut { .. })),
        "{error:?}"
    );
    let board = session.claim("https://hostile.example/honest").await;
    assert_eq!(board.unwrap().unwrap().key, "honest");
}
