//! A home that has read the written boards. To read them costs more than many a
//! story, so it is done once and every story gets a copy.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
};

use practice::{PracticeOptions, Running};
use rustix::process::{Pid, test_kill_process};
use tokio::sync::OnceCell;

use super::{Home, copy_files, employer, in_target};

/// Its files.
static FILES: OnceCell<PathBuf> = OnceCell::const_new();

impl Home {
    /// A home of the sample CV that read every board of the written employer; its
    /// daemon is stopped.
    pub(crate) async fn that_read(employer: &Running) -> Self {
        let home = Self::bare();
        copy_files(FILES.get_or_init(read).await, home.path());
        home.lead_to(employer);
        home
    }
}

async fn read() -> PathBuf {
    let employer = employer(PracticeOptions::default()).await;
    let mut home = Home::practice(&employer);
    home.set_up(&employer);
    home.json(&["sync"]);
    home.stop();
    let files = folder();
    copy_files(home.path(), &files);
    files
}

/// A folder of this process. What is left of processes that ended is removed:
/// nothing tells a process of tests that its last one is over.
fn folder() -> PathBuf {
    let all = in_target("read-homes");
    let own = all.join(process::id().to_string());
    fs::create_dir_all(&own).unwrap();
    for other in fs::read_dir(&all).unwrap() {
        let other = other.unwrap().path();
        if !runs(&other) {
            // Another run may be removing it as well.
            let _ = fs::remove_dir_all(other);
        }
    }
    own
}

/// Whether the process still runs that a folder is named after.
fn runs(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str());
    let id = name.and_then(|name| Pid::from_raw(name.parse().ok()?));
    id.is_some_and(|id| test_kill_process(id).is_ok())
}
