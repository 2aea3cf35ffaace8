//! Ending the processes of a session, also of one whose daemon was killed.
//!
//! They are known by the session's own folder, which stands in their command
//! lines, and ended by id. chromedriver does not end Chromium when it is killed.

use std::{
    fs, io,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use super::temporary;

/// How long a killed process may take to go.
const GOING: Duration = Duration::from_secs(5);

/// Ends every process of the sessions below `sessions`, and removes their
/// folders. For the start of a daemon, before it opens sessions of its own.
///
/// # Errors
/// When the folder cannot be read, the processes cannot be listed, or a
/// session's folder cannot be removed.
pub fn end_leftovers(sessions: &Path) -> io::Result<usize> {
    let entries = match fs::read_dir(sessions) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut ended = 0;
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            end_session(&entry.path())?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends every process that names `dir`, and removes it.
pub(super) fn end_session(dir: &Path) -> io::Result<()> {
    let deadline = Instant::now() + GOING;
    loop {
        let processes = processes_of(dir)?;
        if processes.is_empty() {
            break;
        }
        for process in processes {
            // One that has gone meanwhile is what was wanted.
            let _ = kill_process(process, Signal::KILL);
        }
        if Instant::now() > deadline {
            let left = io::Error::other(format!("processes of {} do not end", dir.display()));
            return Err(left);
        }
        thread::sleep(Duration::from_millis(20));
    }
    temporary::remove(dir)?;
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Processes whose command line names something within `dir`, and that still run.
fn processes_of(dir: &Path) -> io::Result<Vec<Pid>> {
    let output = Command::new("ps")
        .args(["-axww", "-o", "pid=,stat=,command="])
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other("ps does not list the processes"));
    }
    let listing = String::from_utf8_lossy(&output.stdout);
    Ok(listed(&listing, &dir.to_string_lossy())
        .filter_map(Pid::from_raw)
        .collect())
}

/// The ids in `listing` of what runs and names something within `dir`.
fn listed<'a>(listing: &'a str, dir: &'a str) -> impl Iterator<Item = i32> + 'a {
    let within = format!("{}/", dir.trim_end_matches('/'));
    listing.lines().filter_map(move |line| {
        let (id, rest) = line.trim_start().split_once(' ')?;
        let (state, command) = rest.trim_start().split_once(' ')?;
        // One that has ended and waits for its parent cannot be ended again.
        (!state.starts_with('Z') && command.contains(&within)).then(|| id.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Stdio;

    #[test]
    fn a_process_belongs_to_the_session_whose_folder_it_names() {
        let listing = "  41 Ss   chromedriver --log-path=/h/sessions/1/driver.log\n\
                       42 Sl   /usr/lib/chromium --user-data-dir=/h/sessions/1/profile\n\
                       43 S    /usr/lib/chromium --user-data-dir=/h/sessions/12/profile\n\
                       44 Z    /usr/lib/chromium --user-data-dir=/h/sessions/1/profile\n\
                       45 S    less /h/sessions/11\n";
        let check = |dir: &str, expected: &[i32]| {
            assert_eq!(listed(listing, dir).collect::<Vec<_>>(), expected, "{dir}");
        };
        check("/h/sessions/1", &[41, 42]);
        check("/h/sessions/1/", &[41, 42]);
        check("/h/sessions/12", &[43]);
        check("/h/sessions/2", &[]);
    }

    #[test]
    fn leftovers_are_ended_by_their_folder_and_others_are_left() {
        let home = tempfile::tempdir().unwrap();
        let sleeper = |name: &str| {
            let dir = home.path().join(name);
            fs::create_dir_all(&dir).unwrap();
            Command::new("sh")
                .args(["-c", "read line", &format!("{}/profile", dir.display())])
                .stdin(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let (mut left, mut other) = (sleeper("sessions/1"), sleeper("elsewhere/1"));
        assert_eq!(end_leftovers(&home.path().join("sessions")).unwrap(), 1);
        assert!(!left.wait().unwrap().success());
        assert!(!home.path().join("sessions/1").exists());
        assert_eq!(other.try_wait().unwrap(), None);
        other.kill().unwrap();
        other.wait().unwrap();
        assert_eq!(end_leftovers(&home.path().join("nothing")).unwrap(), 0);
    }
}
