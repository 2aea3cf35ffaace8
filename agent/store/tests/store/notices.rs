//! Notices: once for each cause, and through each channel to an end.

use agent_store::{NewEgress, NewNotice, SendingEnd, SendingState};

use crate::support::{Corpus, at};

fn notice(cause: &str, second: i64) -> NewNotice {
    NewNotice {
        cause: cause.to_owned(),
        kind: "inbox",
        subject: String::new(),
        at: at(second),
        text: "Baker at Acme waits".to_owned(),
        command: "agentctl review 3f2a".to_owned(),
        lapses_at: None,
    }
}

#[tokio::test]
async fn a_cause_is_told_of_once_and_each_channel_comes_to_its_own_end() {
    let corpus = Corpus::new().await;
    let (added, again) = corpus
        .store
        .write(|tx| {
            let channels = ["desktop", "ntfy"];
            let added = tx.add_notice(&notice("a 1", 1), &channels)?;
            Ok((added, tx.add_notice(&notice("a 1", 2), &channels)?))
        })
        .await
        .unwrap();
    assert!(added && !again);
    let waiting = corpus
        .store
        .read(|reader| reader.waiting_notices("ntfy"))
        .await
        .unwrap();
    let id = waiting[0].0.id;
    assert_eq!(waiting.len(), 1);
    let later = SendingEnd::Later {
        not_before: at(100),
        problem: "refused".to_owned(),
    };
    corpus
        .store
        .write(move |tx| {
            tx.end_sendings("desktop", &[id], &SendingEnd::Sent, at(3))?;
            tx.add_telling("desktop", at(3))?;
            tx.end_sendings("ntfy", &[id], &later, at(4))
        })
        .await
        .unwrap();
    let (desktop, ntfy, told, last) = corpus
        .store
        .read(|r| {
            Ok((
                r.waiting_notices("desktop")?,
                r.waiting_notices("ntfy")?,
                r.tellings("desktop", at(2))?,
                r.last_sending("ntfy")?,
            ))
        })
        .await
        .unwrap();
    assert!(desktop.is_empty());
    assert_eq!(told, [at(3)]);
    assert_eq!(ntfy[0].1.not_before, at(100));
    assert_eq!(
        (ntfy[0].1.tries, last.unwrap().problem.as_str()),
        (1, "refused")
    );
    // What still waits is not forgotten; what came to its end is.
    let gone = corpus.store.write(|tx| tx.prune_notices(at(1000))).await;
    assert_eq!(gone.unwrap(), 0);
    let left = corpus
        .store
        .write(move |tx| {
            let problem = "no".to_owned();
            tx.end_sendings("ntfy", &[id], &SendingEnd::GivenUp { problem }, at(5))?;
            // An end is an end.
            tx.end_sendings("ntfy", &[id], &SendingEnd::Sent, at(6))?;
            tx.notices(10)
        })
        .await
        .unwrap();
    let states: Vec<_> = left[0].1.iter().map(|sending| sending.state).collect();
    assert_eq!(states, [SendingState::Sent, SendingState::GivenUp]);
    let gone = corpus.store.write(|tx| tx.prune_notices(at(1000))).await;
    assert_eq!(gone.unwrap(), 1);
}

#[tokio::test]
async fn p4_exchanges_of_long_ago_stay_in_the_sums() {
    let corpus = Corpus::new().await;
    let exchange = |second: i64, bytes: u64, refusal: Option<&str>| NewEgress {
        at: at(second),
        component: "greenhouse".to_owned(),
        purpose: "discover".to_owned(),
        method: "GET".to_owned(),
        url: "https://boards.example/".to_owned(),
        host: "boards.example".to_owned(),
        status: Some(200),
        bytes_out: bytes,
        bytes_in: 10,
        refusal: refusal.map(str::to_owned),
    };
    let all = vec![
        exchange(1, 1, None),
        exchange(2, 2, Some("no")),
        exchange(9, 4, None),
    ];
    corpus
        .store
        .write(move |tx| tx.append_egress(&all))
        .await
        .unwrap();
    let totals = || corpus.store.read(|reader| reader.egress_totals());
    let before = totals().await.unwrap();
    for (until, folded) in [(2, 1), (5, 1), (5, 0)] {
        let done = corpus
            .store
            .write(move |tx| tx.fold_egress(at(until)))
            .await;
        assert_eq!(done.unwrap(), folded);
        assert_eq!(totals().await.unwrap(), before);
    }
    let left = corpus.store.read(|reader| reader.egress_latest(10)).await;
    assert_eq!(left.unwrap().len(), 1);
    corpus.store.empty_log().await.unwrap();
    let log = corpus.store.path().with_extension("db-wal");
    assert_eq!(std::fs::metadata(log).unwrap().len(), 0);
}
