//! The approval key's files: made, read, replaced. Every step can be cut off
//! at any instant and leaves a key that signs and rotations that fit it.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use agent_api::paths::Home;
use agent_api::{reason, socket::private_dir};
use agent_approval::{KeyChain, KeyError, PublicKey, SealBytes, SecretKey, SignedRotation};
use zeroize::Zeroizing;

use super::durable::{create, read, remove, replace, sync_dir};
use crate::error::{Failure, Kind};

/// The secret key that is made and not yet the present one.
fn next_secret(home: &Home) -> PathBuf {
    home.keys_dir().join("approval.key.new")
}

/// Its public half, written first.
fn next_public(home: &Home) -> PathBuf {
    home.keys_dir().join("approval.pub.new")
}

/// The secret key before, kept until the daemon took the new one.
pub(super) fn old_secret(home: &Home) -> PathBuf {
    home.keys_dir().join("approval.key.old")
}

/// A new key of the system's random source.
pub(super) fn generate() -> Result<SecretKey, Failure> {
    let mut bytes = Zeroizing::new([0; 32]);
    fill(&mut *bytes)?;
    Ok(SecretKey::from_random(&bytes))
}

fn fill(bytes: &mut [u8]) -> Result<(), Failure> {
    getrandom::fill(bytes).map_err(|error| {
        Failure::new(
            Kind::Bug,
            format!("the system gives no random bytes: {error}"),
        )
    })
}

/// The text of a key's file, sealed where there is a passphrase.
pub(super) fn text_of(
    key: &SecretKey,
    passphrase: Option<&str>,
) -> Result<Zeroizing<String>, Failure> {
    let Some(passphrase) = passphrase else {
        return key.to_plain_file().map_err(fault);
    };
    let mut random = SealBytes {
        salt: [0; 16],
        nonce: [0; 24],
    };
    fill(&mut random.salt)?;
    fill(&mut random.nonce)?;
    key.to_sealed_file(passphrase, &random).map_err(fault)
}

/// Writes a first key. The secret half goes first: alone, the public half would
/// be pinned and never sign.
pub(super) fn write_first(
    home: &Home,
    key: &SecretKey,
    passphrase: Option<&str>,
) -> Result<(), Failure> {
    private_dir(home.root())?;
    private_dir(&home.keys_dir())?;
    replace(&home.secret_key_file(), &text_of(key, passphrase)?)?;
    replace(&home.public_key_file(), &key.public().to_line())
}

/// Writes the public half that was lost.
pub(super) fn write_public(home: &Home, key: &SecretKey) -> Result<(), Failure> {
    replace(&home.public_key_file(), &key.public().to_line())
}

/// Replaces the secret key's file by the same key, sealed or plain.
pub(super) fn write_secret(
    home: &Home,
    key: &SecretKey,
    passphrase: Option<&str>,
) -> Result<(), Failure> {
    replace(&home.secret_key_file(), &text_of(key, passphrase)?)
}

/// The text of the secret key's file; none when there is none.
pub(super) fn secret_text(home: &Home) -> Result<Option<Zeroizing<String>>, Failure> {
    settle(home)?;
    let path = home.secret_key_file();
    let text = read(&path)?.map(Zeroizing::new);
    if text.is_some() {
        close(&path)?;
    }
    Ok(text)
}

/// Lets nobody else read a key that was copied back from elsewhere.
fn close(path: &Path) -> Result<(), Failure> {
    let found = fs::metadata(path).map_err(|error| Failure::file("read", path, &error))?;
    if found.mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
        .map_err(|error| Failure::file("close", path, &error))
}

/// The public key signatures are made with; none when there is none.
pub(super) fn public(home: &Home) -> Result<Option<PublicKey>, Failure> {
    settle(home)?;
    read_public(&home.public_key_file())
}

/// Whether a key was pinned or published here, so that a new one made from
/// nothing would sign in vain.
pub(super) fn is_known(home: &Home) -> bool {
    home.pinned_key_file().exists() || home.public_key_file().exists()
}

/// The pinned key and all that followed it, as the files of the home tell;
/// before one is pinned, the key that will be.
pub(in crate::command) fn chain(home: &Home) -> Result<Option<KeyChain>, Failure> {
    let Some(first) = first(home)? else {
        return Ok(None);
    };
    let rotations = rotations(home)?;
    KeyChain::follow(first, &rotations)
        .map(Some)
        .map_err(|error| {
            Failure::refused(format!("the key files do not fit together: {error}"))
                .reason(reason::KEY_FAULT)
                .hint(format!(
                    "restore {} from a backup",
                    home.keys_dir().display()
                ))
        })
}

fn first(home: &Home) -> Result<Option<PublicKey>, Failure> {
    match read_public(&home.pinned_key_file())? {
        Some(pinned) => Ok(Some(pinned)),
        None => read_public(&home.public_key_file()),
    }
}

/// The rotations in their order.
pub(super) fn rotations(home: &Home) -> Result<Vec<SignedRotation>, Failure> {
    let mut found = Vec::new();
    for number in 1.. {
        let path = rotation_file(home, number);
        let Some(line) = read(&path)? else { break };
        found.push(SignedRotation::from_line(&line).map_err(|error| {
            Failure::refused(format!("{}: {error}", path.display())).reason(reason::KEY_FAULT)
        })?);
    }
    Ok(found)
}

fn rotation_file(home: &Home, number: usize) -> PathBuf {
    home.rotations_dir().join(format!("{number:04}"))
}

/// A rotation that is ready to be written.
pub(super) struct Turn<'a> {
    /// The new key.
    pub(super) key: &'a SecretKey,
    /// Seals its file.
    pub(super) passphrase: Option<&'a str>,
    /// Signed by the present key.
    pub(super) rotation: &'a SignedRotation,
}

/// Writes a rotation and replaces the key by the new one. From the instant the
/// rotation lies in its place, the new key counts, and [`settle`] finishes what
/// a crash left undone.
pub(super) fn turn(home: &Home, turn: &Turn<'_>) -> Result<(), Failure> {
    private_dir(&home.rotations_dir())?;
    let number = rotations(home)?.len() + 1;
    // The first rotation before the daemon pinned a key would make the new key
    // the first one.
    if read(&home.pinned_key_file())?.is_none() {
        return Err(
            Failure::refused("the daemon has not taken the present key yet")
                .reason(reason::KEY_FAULT)
                .hint("start it with: agentctl start, then: agentctl key show"),
        );
    }
    replace(&next_public(home), &turn.key.public().to_line())?;
    replace(&next_secret(home), &text_of(turn.key, turn.passphrase)?)?;
    create(&rotation_file(home, number), &turn.rotation.to_line())?;
    settle(home)
}

/// Finishes or undoes a rotation that was cut off.
fn settle(home: &Home) -> Result<(), Failure> {
    let (secret, public) = (next_secret(home), next_public(home));
    let Some(next) = read_public(&public)? else {
        return Ok(());
    };
    let counts = chain(home)?.is_some_and(|chain| *chain.current() == next);
    if counts && secret.exists() {
        let (present, old) = (home.secret_key_file(), old_secret(home));
        remove(&old)?;
        fs::hard_link(&present, &old).map_err(|error| Failure::file("keep", &present, &error))?;
        fs::rename(&secret, &present)
            .map_err(|error| Failure::file("replace", &present, &error))?;
    }
    if counts {
        replace(&home.public_key_file(), &next.to_line())?;
    }
    remove(&secret)?;
    remove(&public)?;
    sync_dir(&home.keys_dir())
}

/// Forgets the key before, once the daemon took the new one.
pub(super) fn forget_old(home: &Home) -> Result<(), Failure> {
    remove(&old_secret(home))
}

fn read_public(path: &Path) -> Result<Option<PublicKey>, Failure> {
    let Some(line) = read(path)? else {
        return Ok(None);
    };
    let key = PublicKey::from_line(&line).map_err(|error| {
        Failure::refused(format!("{}: {error}", path.display())).reason(reason::KEY_FAULT)
    })?;
    Ok(Some(key))
}

/// Says what is wrong with a key.
pub(super) fn fault(error: KeyError) -> Failure {
    Failure::refused(error.to_string()).reason(reason::KEY_FAULT)
}

#[cfg(test)]
mod tests {
    use agent_api::paths::Environment;
    use tempfile::TempDir;

    use super::*;

    fn home() -> (TempDir, Home) {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path(), &Environment::default()).unwrap();
        (dir, home)
    }

    /// Does what the daemon does when it sees the first key.
    fn pin(home: &Home) {
        fs::copy(home.public_key_file(), home.pinned_key_file()).unwrap();
    }

    fn present(home: &Home) -> PublicKey {
        let text = secret_text(home).unwrap().unwrap();
        SecretKey::open(&text, None).unwrap().public()
    }

    #[test]
    fn only_the_person_can_read_the_key_and_its_backup() {
        let (dir, home) = home();
        let key = generate().unwrap();
        write_first(&home, &key, None).unwrap();
        let backup = dir.path().join("backup.key");
        create(&backup, &text_of(&key, Some("long and secret")).unwrap()).unwrap();
        for (path, mode) in [
            (home.keys_dir(), 0o700),
            (home.secret_key_file(), 0o600),
            (home.public_key_file(), 0o600),
            (backup.clone(), 0o600),
        ] {
            let found = fs::metadata(&path).unwrap().mode() & 0o777;
            assert_eq!(found, mode, "{}", path.display());
        }
        assert!(
            create(&backup, "other").is_err(),
            "a backup is never replaced"
        );
        let text = fs::read_to_string(&backup).unwrap();
        assert!(SecretKey::open(&text, None).is_err(), "it is sealed");
        let opened = SecretKey::open(&text, Some("long and secret")).unwrap();
        assert_eq!(opened.public(), key.public());
        assert_eq!(fs::read_dir(home.keys_dir()).unwrap().count(), 2);

        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(home.secret_key_file(), open).unwrap();
        assert_eq!(present(&home), key.public());
        let mode = fs::metadata(home.secret_key_file()).unwrap().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_rotation_is_signed_by_the_old_key_and_replaces_it() {
        let (_dir, home) = home();
        let first = generate().unwrap();
        write_first(&home, &first, None).unwrap();
        let second = generate().unwrap();
        let rotation = SignedRotation::sign(&first, second.public(), 5).unwrap();
        let step = Turn {
            key: &second,
            passphrase: None,
            rotation: &rotation,
        };
        assert!(turn(&home, &step).is_err(), "no key is pinned yet");
        assert_eq!(present(&home), first.public());

        pin(&home);
        turn(&home, &step).unwrap();
        assert_eq!(present(&home), second.public());
        assert_eq!(public(&home).unwrap().unwrap(), second.public());
        let chain = chain(&home).unwrap().unwrap();
        assert_eq!(chain.current(), &second.public());
        assert_eq!(chain.keys().count(), 2);
        let old = fs::read_to_string(old_secret(&home)).unwrap();
        assert_eq!(
            SecretKey::open(&old, None).unwrap().public(),
            first.public()
        );
        forget_old(&home).unwrap();
        assert!(!old_secret(&home).exists());
    }

    #[test]
    fn p8_a_rotation_cut_off_at_any_step_is_finished_or_undone() {
        let (_dir, home) = home();
        let first = generate().unwrap();
        write_first(&home, &first, None).unwrap();
        pin(&home);
        private_dir(&home.rotations_dir()).unwrap();
        let second = generate().unwrap();
        let rotation = SignedRotation::sign(&first, second.public(), 5).unwrap();

        replace(&next_public(&home), &second.public().to_line()).unwrap();
        replace(&next_secret(&home), &text_of(&second, None).unwrap()).unwrap();
        assert_eq!(present(&home), first.public(), "nothing was signed: undone");
        assert!(!next_secret(&home).exists());

        replace(&next_public(&home), &second.public().to_line()).unwrap();
        replace(&next_secret(&home), &text_of(&second, None).unwrap()).unwrap();
        create(&rotation_file(&home, 1), &rotation.to_line()).unwrap();
        assert_eq!(present(&home), second.public(), "signed: finished");
        assert_eq!(public(&home).unwrap().unwrap(), second.public());

        replace(&next_public(&home), &second.public().to_line()).unwrap();
        replace(&home.public_key_file(), &first.public().to_line()).unwrap();
        assert_eq!(public(&home).unwrap().unwrap(), second.public());
        assert!(!next_public(&home).exists());
    }
}
