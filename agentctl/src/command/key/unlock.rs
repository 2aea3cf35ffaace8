//! The secret key, opened: where it is sealed, the passphrase is asked for.

use std::path::{Path, PathBuf};

use agent_api::paths::Home;
use agent_approval::{KeyError, SecretKey};
use zeroize::Zeroizing;

use super::files;
use crate::error::{Failure, Kind};
use crate::output::Output;

/// Fewest characters of a passphrase that is set.
const LEAST: usize = 8;

/// Attempts at a passphrase on a terminal.
const ATTEMPTS: usize = 3;

/// Where a passphrase comes from.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct PassphraseSource {
    /// For scripts: take the key's passphrase from the first line of this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// An opened key, and what opened it.
pub(in crate::command) struct Unlocked {
    /// The key.
    pub(in crate::command) key: SecretKey,
    /// Its passphrase; none when the file is plain.
    pub(super) passphrase: Option<Zeroizing<String>>,
}

impl PassphraseSource {
    /// Opens the key of this home.
    pub(in crate::command) fn unlock(
        &self,
        home: &Home,
        output: &Output,
    ) -> Result<Unlocked, Failure> {
        let Some(text) = files::secret_text(home)? else {
            return Err(missing(home));
        };
        if !SecretKey::is_sealed(&text).map_err(files::fault)? {
            let key = SecretKey::open(&text, None).map_err(files::fault)?;
            return Ok(Unlocked {
                key,
                passphrase: None,
            });
        }
        if let Some(file) = &self.passphrase_file {
            return open(&text, first_line(file)?).map_err(files::fault);
        }
        for _ in 1..ATTEMPTS {
            let passphrase = output.passphrase("Passphrase of your approval key:")?;
            match open(&text, passphrase) {
                Err(KeyError::WrongPassphrase) => output.note("That does not open the key."),
                opened => return opened.map_err(files::fault),
            }
        }
        let passphrase = output.passphrase("Passphrase of your approval key:")?;
        open(&text, passphrase).map_err(files::fault)
    }

    /// A new passphrase, asked for twice or taken from the file.
    pub(super) fn choose(&self, output: &Output) -> Result<Zeroizing<String>, Failure> {
        let chosen = match &self.passphrase_file {
            Some(file) => first_line(file)?,
            None => {
                let first = output.passphrase("New passphrase:")?;
                if first != output.passphrase("The same again:")? {
                    return Err(Failure::refused("the two differ").hint("nothing was written"));
                }
                first
            }
        };
        if chosen.chars().count() < LEAST {
            return Err(
                Failure::refused(format!("a passphrase has at least {LEAST} characters"))
                    .hint("several words are easy to remember and hard to guess"),
            );
        }
        Ok(chosen)
    }
}

fn open(text: &str, passphrase: Zeroizing<String>) -> Result<Unlocked, KeyError> {
    Ok(Unlocked {
        key: SecretKey::open(text, Some(&passphrase))?,
        passphrase: Some(passphrase),
    })
}

fn first_line(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = std::fs::read_to_string(file)
        .map(Zeroizing::new)
        .map_err(|error| Failure::file("read", file, &error))?;
    let line = text.lines().next().unwrap_or_default();
    Ok(Zeroizing::new(line.to_owned()))
}

/// There is no secret key: either none was made, or it was lost.
fn missing(home: &Home) -> Failure {
    let path = home.secret_key_file();
    if files::is_known(home) {
        return Failure::new(
            Kind::Refused,
            format!("your secret key is missing: {}", path.display()),
        )
        .reason(agent_api::reason::KEY_FAULT)
        .hint("copy the file you saved with `agentctl key backup` there");
    }
    Failure::refused("there is no approval key yet")
        .reason(agent_api::reason::KEY_FAULT)
        .hint("make one with: agentctl init CV")
}
