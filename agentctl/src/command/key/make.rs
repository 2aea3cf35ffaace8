//! Makes the approval key when there is none.

use agent_api::paths::Home;
use serde::Serialize;

use super::files;
use super::unlock::PassphraseSource;
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{COMMAND, Screen, Span, WARN};

/// How the key stands after `init`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::command) enum Made {
    /// A new one was made.
    New,
    /// There was one.
    Kept,
    /// There was one, and its secret half is gone.
    Lost,
}

/// How a new key's file is protected.
#[derive(Debug, Default, clap::Args)]
pub(in crate::command) struct Protect {
    /// Seal the approval key with a passphrase that is asked for each time you sign
    #[arg(long)]
    passphrase: bool,
    #[command(flatten)]
    from: PassphraseSource,
}

/// Makes the key unless there is one. A lost one is not replaced: the daemon
/// trusts the first key it saw and would accept no signature of another.
pub(in crate::command) fn ensure(
    home: &Home,
    protect: &Protect,
    output: &Output,
) -> Result<Made, Failure> {
    if files::secret_text(home)?.is_some() {
        if files::public(home)?.is_none() {
            let unlocked = protect.from.unlock(home, output)?;
            files::write_public(home, &unlocked.key)?;
        }
        return Ok(Made::Kept);
    }
    if files::is_known(home) {
        return Ok(Made::Lost);
    }
    let sealed = protect.passphrase || protect.from.passphrase_file.is_some();
    let passphrase = match sealed {
        true => Some(protect.from.choose(output)?),
        false => None,
    };
    let key = files::generate()?;
    files::write_first(home, &key, passphrase.as_ref().map(|text| text.as_str()))?;
    Ok(Made::New)
}

impl Made {
    /// Says in a line how the key stands, and how to save it.
    pub(in crate::command) fn draw(self, home: &Home, screen: &mut Screen) {
        match self {
            Self::New => {
                screen.line([
                    "Your approval key was made; save a copy: ".into(),
                    Span::new("agentctl key backup FILE", COMMAND),
                ]);
            }
            Self::Kept => {}
            Self::Lost => screen.hanging(
                [Span::new("! ", WARN)],
                format!(
                    "Your secret approval key is missing: copy your backup to {}",
                    home.secret_key_file().display()
                ),
            ),
        }
    }
}
