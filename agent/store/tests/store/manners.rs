//! What domains are remembered by, across a restart.

use std::time::Duration;

use agent_core::manners::DomainManners;

use crate::support::{Corpus, at};

fn asked(second: i64) -> DomainManners {
    DomainManners {
        asked: Some(at(second)),
        pace: Duration::from_millis(7500),
        not_before: None,
        failures: 0,
        open_until: None,
        open_for: Duration::ZERO,
        cause: None,
        challenged: false,
    }
}

#[tokio::test]
async fn what_a_domain_is_remembered_by_survives_a_restart() {
    let corpus = Corpus::new().await;
    let first = asked(1);
    let last = DomainManners {
        not_before: Some(at(100)),
        failures: 6,
        open_until: Some(at(4000)),
        open_for: Duration::from_secs(3600),
        cause: Some("status 503".to_owned()),
        challenged: true,
        ..asked(2)
    };
    let expected = last.clone();
    corpus
        .store
        .write(move |tx| {
            tx.save_manners("a.example", &first)?;
            tx.save_manners("a.example", &last)
        })
        .await
        .unwrap();
    corpus.store.close().await;
    let store = corpus.reopen().unwrap();
    let (known, unknown) = store
        .read(|r| Ok((r.manners("a.example")?, r.manners("b.example")?)))
        .await
        .unwrap();
    assert_eq!((known, unknown), (Some(expected), None));
}

#[tokio::test]
async fn domains_that_owe_no_wait_are_forgotten_after_a_while() {
    let corpus = Corpus::new().await;
    let waits = DomainManners {
        not_before: Some(at(900)),
        ..asked(1)
    };
    let open = DomainManners {
        open_until: Some(at(900)),
        ..asked(1)
    };
    let all = [
        ("old.example", asked(1)),
        ("new.example", asked(600)),
        ("waits.example", waits),
        ("open.example", open),
    ];
    let (pruned, left) = corpus
        .store
        .write(move |tx| {
            for (domain, manners) in &all {
                tx.save_manners(domain, manners)?;
            }
            let pruned = tx.prune_manners(at(500))?;
            let mut left = Vec::new();
            for (domain, _) in &all {
                left.push(tx.manners(domain)?.is_some());
            }
            Ok((pruned, left))
        })
        .await
        .unwrap();
    assert_eq!((pruned, left), (1, vec![false, true, true, true]));
}
