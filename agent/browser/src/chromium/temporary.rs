//! The folder for a session's temporary files, so that a killed browser leaves none
//! in the machine's own.
//!
//! Chromium makes a socket in a folder of a long name there, and the path of a socket
//! is short: where the session's folder lies too deep, the files lie in a private
//! folder of the machine's temporary ones, and a link in the session's leads there.

use std::{
    env, fs, io,
    os::unix::fs::{DirBuilderExt, MetadataExt, symlink},
    path::{Path, PathBuf},
};

/// The folder in the session's own, or the link to it.
const NAME: &str = "tmp";

/// How the name of a private folder begins.
const PREFIX: &str = "agentd-";

/// The longest path under which Chromium's own
/// (`/org.chromium.Chromium.scoped_dir.XXXXXX/SingletonSocket`) fits the 104 bytes of
/// a socket's path on macOS.
const LONGEST: usize = 44;

/// Names that are tried before it is given up.
const MOST_TRIES: usize = 16;

/// Makes the folder for the session in `session`, which must be empty of one.
pub(super) fn make(session: &Path) -> io::Result<PathBuf> {
    let own = session.join(NAME);
    if own.as_os_str().len() <= LONGEST {
        private(&own)?;
        return Ok(own);
    }
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for _ in 0..MOST_TRIES {
        let mut digits = [0; 6];
        getrandom(&mut digits)?;
        let name: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = place().join(format!("{PREFIX}{name}"));
        // The link first: a kill in between leaves nothing that nobody knows of.
        symlink(&folder, &own)?;
        match private(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) => {
                fs::remove_file(&own)?;
                taken = error;
            }
        }
    }
    Err(taken)
}

/// Removes what lies elsewhere for the session in `session`; what lies in it goes
/// with it. A link is followed only to a folder of our own making.
pub(super) fn remove(session: &Path) -> io::Result<()> {
    let Ok(folder) = fs::read_link(session.join(NAME)) else {
        return Ok(());
    };
    let ours = folder.parent().is_some_and(Path::is_absolute)
        && folder
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(PREFIX));
    let found = match fs::symlink_metadata(&folder) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if ours && found.is_dir() && found.uid() == rustix::process::geteuid().as_raw() {
        return fs::remove_dir_all(&folder);
    }
    Ok(())
}

/// Where private folders are made: macOS's own place for them is too deep as well.
fn place() -> PathBuf {
    let usual = env::temp_dir();
    let fits = usual.as_os_str().len() + PREFIX.len() + 13 <= LONGEST;
    if fits { usual } else { PathBuf::from("/tmp") }
}

fn private(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(folder)
}

fn getrandom(into: &mut [u8]) -> io::Result<()> {
    use std::io::Read;
    fs::File::open("/dev/urandom")?.read_exact(into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_session_has_a_short_folder_that_goes_with_it() {
        let home = tempfile::tempdir().unwrap();
        let session = home
            .path()
            .join("a/long/way/down/to/the/folder/of/the/session");
        fs::create_dir_all(&session).unwrap();
        let folder = make(&session).unwrap();
        assert!(folder.as_os_str().len() <= LONGEST, "{}", folder.display());
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
        fs::write(folder.join("left"), "x").unwrap();
        remove(&session).unwrap();
        assert!(!folder.exists());
        remove(&session).unwrap();
    }

    #[test]
    fn a_link_that_leads_to_what_is_not_ours_is_not_followed() {
        let home = tempfile::tempdir().unwrap();
        let theirs = home.path().join("theirs");
        fs::create_dir(&theirs).unwrap();
        symlink(&theirs, home.path().join(NAME)).unwrap();
        remove(home.path()).unwrap();
        assert!(theirs.exists());
    }
}
