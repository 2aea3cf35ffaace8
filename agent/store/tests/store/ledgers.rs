use agent_store::{EventId, NewEgress, NewEvent, PluginRow};
use serde_json::json;

use crate::support::{Corpus, at};

fn exchange(host: &str, second: i64, refusal: Option<&str>) -> NewEgress {
    NewEgress {
        at: at(second),
        component: "plugin greenhouse".to_owned(),
        purpose: "discover".to_owned(),
        method: "GET".to_owned(),
        url: format!("https://{host}/jobs"),
        host: host.to_owned(),
        status: refusal.is_none().then_some(200),
        bytes_out: 100,
        bytes_in: 2000,
        refusal: refusal.map(str::to_owned),
    }
}

#[tokio::test]
async fn the_egress_ledger_adds_up() {
    let corpus = Corpus::new().await;
    let exchanges = [
        exchange("b.example", 1, None),
        exchange("a.example", 2, None),
        exchange("a.example", 3, Some("not granted")),
    ];
    let appended = exchanges.clone();
    corpus
        .store
        .write(move |tx| tx.append_egress(&appended))
        .await
        .unwrap();
    let (totals, latest) = corpus
        .store
        .read(|r| Ok((r.egress_totals()?, r.egress_latest(2)?)))
        .await
        .unwrap();
    assert_eq!(totals.len(), 2);
    let first = &totals[0];
    assert_eq!(
        (first.host.as_str(), first.requests, first.refused),
        ("a.example", 2, 1)
    );
    assert_eq!(
        (first.bytes_out, first.bytes_in, first.last),
        (200, 4000, at(3))
    );
    assert_eq!(latest.len(), 2);
    assert_eq!(latest[0].exchange, exchanges[2]);
}

#[tokio::test]
async fn events_are_read_from_a_place_on() {
    let corpus = Corpus::new().await;
    let event = |n: i64| NewEvent {
        at: at(n),
        kind: "daemon.started".to_owned(),
        subject: String::new(),
        text: format!("start {n}"),
        detail: json!({ "n": n }),
    };
    let events: Vec<NewEvent> = (1..=5).map(event).collect();
    let written = events.clone();
    corpus
        .store
        .write(move |tx| {
            written
                .iter()
                .try_for_each(|e| tx.append_event(e).map(drop))
        })
        .await
        .unwrap();
    let (read, last) = corpus
        .store
        .read(|r| Ok((r.events_after(EventId(2), 2)?, r.last_event_id()?)))
        .await
        .unwrap();
    let read: Vec<NewEvent> = read.into_iter().map(|event| event.event).collect();
    assert_eq!((read.as_slice(), last), (&events[2..4], EventId(5)));
}

#[tokio::test]
async fn a_plugin_is_pinned_once_per_id() {
    let corpus = Corpus::new().await;
    let plugin = |version: &str| PluginRow {
        id: "greenhouse".to_owned(),
        version: version.to_owned(),
        sha256: [7; 32],
        hosts: vec!["boards.example".to_owned()],
        form_hosts: vec!["*.cdn.example".to_owned()],
        reach: "employer".to_owned(),
        terms_accepted: Some("No programs, they say.".to_owned()),
        supports: vec!["discover".to_owned()],
        description: "Reads boards.".to_owned(),
        bytes: 60_000,
        installed_at: at(1),
    };
    let (one, two) = (plugin("0.1.0"), plugin("0.2.0"));
    let expected = two.clone();
    let (all, removed, none) = corpus
        .store
        .write(move |tx| {
            tx.save_plugin(&one)?;
            tx.save_plugin(&two)?;
            let all = tx.plugins()?;
            Ok((
                all,
                tx.remove_plugin("greenhouse")?,
                tx.plugin("greenhouse")?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((all, removed, none), (vec![expected], true, None));
}

#[tokio::test]
async fn the_schedule_and_sync_outcomes_are_kept() {
    let corpus = Corpus::new().await;
    let source = corpus.source;
    let (before, after, failed, fine) = corpus
        .store
        .write(move |tx| {
            let before = tx.schedule()?;
            tx.set_schedule("daily 07:30")?;
            tx.set_schedule_run(at(7))?;
            tx.set_sync_outcome(source, at(7), Err("404"))?;
            let failed = tx.source(source)?.unwrap();
            tx.set_sync_outcome(source, at(8), Ok(()))?;
            Ok((before, tx.schedule()?, failed, tx.source(source)?.unwrap()))
        })
        .await
        .unwrap();
    assert_eq!((before.sync, before.last_run), (None, None));
    assert_eq!(
        (after.sync.as_deref(), after.last_run),
        (Some("daily 07:30"), Some(at(7)))
    );
    assert_eq!(
        (failed.last_error.as_deref(), failed.last_sync),
        (Some("404"), Some(at(7)))
    );
    assert_eq!((fine.last_error, fine.last_sync), (None, Some(at(8))));
}

#[tokio::test]
async fn a_tunnel_of_the_browser_and_a_refused_one_are_told_apart() {
    let corpus = Corpus::new().await;
    let tunnel = |second: i64, refusal: Option<&str>| NewEgress {
        component: "browser".to_owned(),
        purpose: "release".to_owned(),
        method: "CONNECT".to_owned(),
        url: "boards.example:443".to_owned(),
        status: None,
        ..exchange("boards.example", second, refusal)
    };
    let both = [tunnel(1, None), tunnel(2, Some("the gate is shut"))];
    let appended = both.clone();
    let (totals, latest) = corpus
        .store
        .write(move |tx| {
            tx.append_egress(&appended)?;
            Ok((tx.egress_totals()?, tx.egress_latest(2)?))
        })
        .await
        .unwrap();
    assert_eq!((totals[0].requests, totals[0].refused), (2, 1));
    let latest: Vec<_> = latest.into_iter().rev().map(|one| one.exchange).collect();
    assert_eq!(latest, both);
}

#[tokio::test]
async fn a_pause_counts_from_its_beginning_and_survives_a_restart() {
    let corpus = Corpus::new().await;
    let before = corpus
        .store
        .write(|tx| {
            let before = tx.paused_since()?;
            tx.pause(at(3))?;
            tx.pause(at(9))?;
            Ok(before)
        })
        .await
        .unwrap();
    corpus.store.close().await;
    let store = corpus.reopen().unwrap();
    let (paused, lifted) = store
        .write(|tx| {
            let paused = tx.paused_since()?;
            tx.unpause()?;
            tx.unpause()?;
            Ok((paused, tx.paused_since()?))
        })
        .await
        .unwrap();
    assert_eq!((before, paused, lifted), (None, Some(at(3)), None));
}
