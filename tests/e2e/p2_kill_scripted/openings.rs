//! Openings whose form the browser without a screen can fill, and a home in
//! which applications to them wait for approval.

use practice::{OpeningInfo, PracticeOptions, Running, Shape};

use crate::harness::{Home, component, sample_cv};

/// An opening and the application to it.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// Id of the application.
    pub(crate) id: String,
    /// Path of the form: names the opening in the employer's log.
    pub(crate) path: String,
}

/// An employer with at least so many openings of a plain kind: almost every
/// fourth posting is one.
pub(crate) fn options(openings: usize) -> PracticeOptions {
    PracticeOptions {
        bulk: Some(openings * 5 + 20),
        ..PracticeOptions::default()
    }
}

/// Requests that delivered the form of an opening.
pub(crate) fn posts(employer: &Running, opening: &Opening) -> usize {
    let posts = employer.posts().into_iter();
    posts.filter(|post| post.target == opening.path).count()
}

/// A home in which so many applications wait for approval, filled by the
/// browser without a screen; its daemon is stopped.
pub(super) fn prepared(employer: &Running, count: usize) -> (Home, Vec<Opening>) {
    let start = |home: &mut Home| {
        home.start_example("scripted_agentd", &[]);
    };
    prepared_by(start, employer, count)
}

/// The same, filled by the browser of the daemon that `start` starts.
pub(crate) fn prepared_by(
    start: impl Fn(&mut Home),
    employer: &Running,
    count: usize,
) -> (Home, Vec<Opening>) {
    let mut home = Home::practice(employer);
    start(&mut home);
    let plugin = component("greenhouse.wasm");
    home.json(&["plugin", "install", "--yes", plugin.to_str().unwrap()]);
    home.json(&["init", sample_cv().to_str().unwrap()]);
    home.follow(employer);
    home.json(&["sync"]);
    let jobs = home.jobs();
    let openings = plain(employer).into_iter().take(count).map(|opening| {
        let job = jobs.iter().find(|job| job.url == opening.form_url);
        let row = home.prepare_fully(&job.unwrap().id);
        Opening {
            id: row["id"].as_str().unwrap().to_owned(),
            path: url::Url::parse(&opening.form_url)
                .unwrap()
                .path()
                .to_owned(),
        }
    });
    let openings: Vec<_> = openings.collect();
    assert_eq!(openings.len(), count);
    home.stop();
    (home, openings)
}

/// One question beside the standard ones, no lists and no boxes.
pub(crate) fn plain(employer: &Running) -> Vec<OpeningInfo> {
    let mut openings = employer.openings();
    openings.retain(|opening| {
        opening.shape == Shape::GreenhouseClassic
            && opening.required.len() == 1
            && opening.optional.is_empty()
    });
    openings
}
