//! Boards as they really were, served at their true host names, where a
//! directory of recorded sessions is at hand (`AGENT_DATA`, with `portals/index.json`).

use std::path::PathBuf;

use practice::PracticeOptions;

use crate::harness::{Home, employer};

fn data() -> Option<PathBuf> {
    let portals = PathBuf::from(std::env::var_os("AGENT_DATA")?).join("portals");
    if portals.join("index.json").is_file() {
        return Some(portals);
    }
    eprintln!("skipped: {} holds no recorded sessions", portals.display());
    None
}

async fn synced(data: PathBuf, sessions: &[&str]) -> (practice::Running, Home) {
    let sessions = sessions.iter().map(|name| (*name).to_owned()).collect();
    let employer = employer(PracticeOptions {
        data: Some(data),
        sessions,
        ..PracticeOptions::default()
    })
    .await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    (employer, home)
}

#[tokio::test(flavor = "multi_thread")]
async fn recorded_boards_give_as_many_postings_as_their_index_says() {
    let Some(data) = data() else { return };
    let (employer, home) = synced(
        data,
        &["canonical-2023-08-08", "amplitude", "palantir", "idealist"],
    )
    .await;
    let sources = home.json(&["source", "list"]);
    for board in employer.boards() {
        let source = sources["sources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|source| source["url"] == board.url.as_str());
        assert_eq!(
            source.unwrap()["jobs_open"],
            board.expected,
            "{}",
            board.url
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_of_a_recorded_board_closes_opens_and_changes_what_it_did() {
    let Some(data) = data() else { return };
    let (employer, home) = synced(data, &["canonical-2023-07-09", "canonical-2023-08-08"]).await;
    employer.set_round(2);
    let report = home.json(&["sync"])["report"].clone();
    let counts = ["closed", "new", "changed"].map(|key| report[key].as_u64().unwrap());
    assert_eq!(counts, [16, 32, 22], "closed, new, changed: {report}");
}
