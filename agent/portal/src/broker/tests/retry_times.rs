//! Clients that fail at the same instant do not come back at the same instant.

use std::time::Duration;

use futures::future::join_all;

use super::super::*;
use super::script::{Bench, get, grant, page};

/// The Kolmogorov-Smirnov distance of values from the uniform distribution on 0..1.
fn distance(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    let steps = values.iter().enumerate().map(|(at, value)| {
        let (below, above) = (at as f64 / count, (at + 1) as f64 / count);
        (value - below).abs().max((above - value).abs())
    });
    steps.fold(0.0, f64::max)
}

#[test]
fn the_distance_tells_uniform_values_from_others() {
    let mut even: Vec<f64> = (0..200).map(|n| (f64::from(n) + 0.5) / 200.0).collect();
    let mut heaped: Vec<f64> = even.iter().map(|value| value * value).collect();
    assert!(distance(&mut even) < 0.01);
    assert!(distance(&mut heaped) > 0.2);
}

#[tokio::test(start_paused = true)]
async fn two_hundred_synchronised_clients_come_back_evenly_spread() {
    let promised = Manners::default();
    let manners = Manners {
        retries: Retries {
            percent: 100,
            ..promised.retries
        },
        ..promised
    };
    let clients: Vec<_> = (0..200)
        .map(|seed| {
            let bench = Bench::new(manners, |asked| {
                if asked.at.is_zero() {
                    page(503, &[], "")
                } else {
                    page(200, &[], "")
                }
            });
            let broker = bench.broker_of(seed);
            (bench, broker.granted(grant(true), "discover"))
        })
        .collect();
    let fetches = clients
        .iter()
        .map(|(_, fetch)| get(fetch, "https://a.x.example/jobs"));
    for answer in join_all(fetches).await {
        assert_eq!(answer.unwrap().status, 200);
    }
    // Each fails at 0 s and comes back after the gap, by chance within 5 s.
    let spread = promised.retries.base;
    let mut places = Vec::new();
    for (bench, _) in &clients {
        let log = bench.log.lock().unwrap();
        assert_eq!((log.len(), log[0].at), (2, Duration::ZERO));
        let beyond = log[1].at.checked_sub(promised.gap).unwrap();
        places.push(beyond.as_secs_f64() / spread.as_secs_f64());
    }
    assert!(places.iter().all(|place| (0.0..1.001).contains(place)));
    // Critical value of the test at p = 0.01 for 200 values: 1.628 / sqrt(200).
    let distance = distance(&mut places);
    assert!(distance < 0.1151, "{distance}");
}
