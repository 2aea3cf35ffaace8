//! The daemon syncs by itself, and says when.

use practice::PracticeOptions;

use crate::harness::{Home, employer};

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_is_kept_over_a_restart_and_a_wrong_one_refused() {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.start();
    assert_eq!(home.json(&["schedule", "show"])["sync"], "daily 07:30");
    let set = home.json(&["schedule", "set", "every 6h"]);
    assert_eq!(set["sync"], "every 6h");
    assert!(set["next_run"].is_string(), "{set}");
    home.kill();
    home.start();
    assert_eq!(home.json(&["schedule", "show"])["sync"], "every 6h");
    let said = home.refused(&["schedule", "set", "sometimes"], 1);
    assert!(said.contains("daily 07:30"), "{said}");
}
