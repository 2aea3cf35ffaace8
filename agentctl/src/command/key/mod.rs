//! `agentctl key`: the key approvals are signed with.

mod durable;
pub(super) mod files;
pub(super) mod make;
mod rotate;
mod show;
pub(super) mod unlock;

use std::path::PathBuf;

use clap::Subcommand;
use serde::Serialize;

use self::unlock::PassphraseSource;
use crate::error::Failure;
use crate::output::Output;
use crate::screen::{Screen, WARN};
use crate::session::Place;

/// What can be done with the key.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show which key signs, where its files are and what the daemon trusts
    #[command(after_help = "Examples:\n  agentctl key show\n  agentctl --json key show")]
    Show,
    /// Make a new key; the old one signs that it takes its place
    #[command(after_help = "Examples:\n  agentctl key rotate\n\n\
        What you approved and was not sent yet goes back to review. The new key has the\n\
        passphrase of the old one; a backup of the old key is worth nothing from then on.")]
    Rotate {
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Save a copy of the secret key in a new file
    #[command(
        after_help = "Examples:\n  agentctl key backup /media/stick/approval.key\n  \
        agentctl key backup --plain ~/approval.key\n\n\
        To restore it, copy the file to where `agentctl key show` says the secret key is."
    )]
    Backup {
        /// The new file; one that exists is never replaced
        #[arg(value_hint = clap::ValueHint::FilePath)]
        file: PathBuf,
        /// Without a passphrase: whoever has the file can sign in your name
        #[arg(long)]
        plain: bool,
        #[command(flatten)]
        passphrase: PassphraseSource,
    },
    /// Set, change or take away the passphrase of the key
    #[command(
        after_help = "Examples:\n  agentctl key passphrase\n  agentctl key passphrase --none"
    )]
    Passphrase {
        /// Take it away: the key then lies open in your home, for you alone to read
        #[arg(long)]
        none: bool,
        #[command(flatten)]
        passphrase: PassphraseSource,
        /// For scripts: take the new passphrase from the first line of this file
        #[arg(long, value_name = "FILE", conflicts_with = "none", value_hint = clap::ValueHint::FilePath)]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// Runs a command on the key.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        Command::Show => show::run(place, output).await,
        Command::Rotate { passphrase } => rotate::run(&passphrase, place, output).await,
        Command::Backup {
            file,
            plain,
            passphrase,
        } => backup(&Backup { file, plain }, &passphrase, place, output),
        Command::Passphrase {
            none,
            passphrase,
            new_passphrase_file,
        } => {
            let key = passphrase.unlock(&place.home, output)?.key;
            let new = PassphraseSource {
                passphrase_file: new_passphrase_file,
            };
            let chosen = match none {
                true => None,
                false => Some(new.choose(output)?),
            };
            files::write_secret(&place.home, &key, chosen.as_ref().map(|text| text.as_str()))?;
            let answer = Sealed {
                sealed: chosen.is_some(),
            };
            output.show(&answer, |answer, screen, _| match answer.sealed {
                true => screen.line(["Your key asks for the new passphrase from now on.".into()]),
                false => screen.line(["Your key asks for no passphrase any more.".into()]),
            })
        }
    }
}

struct Backup {
    file: PathBuf,
    plain: bool,
}

#[derive(Serialize)]
struct Sealed {
    sealed: bool,
}

#[derive(Serialize)]
struct Saved {
    file: String,
    sealed: bool,
}

/// Writes the copy. A sealed key keeps its passphrase; a plain one gets one for the copy.
fn backup(
    backup: &Backup,
    passphrase: &PassphraseSource,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    if backup.file.exists() {
        return Err(
            Failure::refused(format!("{} exists already", backup.file.display()))
                .reason("file-exists")
                .hint("nothing was written; give another file"),
        );
    }
    let unlocked = passphrase.unlock(&place.home, output)?;
    let seal = match (backup.plain, unlocked.passphrase) {
        (true, _) => None,
        (false, Some(same)) => Some(same),
        (false, None) => Some(passphrase.choose(output)?),
    };
    let text = files::text_of(&unlocked.key, seal.as_ref().map(|text| text.as_str()))?;
    durable::create(&backup.file, &text)?;
    let saved = Saved {
        file: backup.file.display().to_string(),
        sealed: seal.is_some(),
    };
    output.show(&saved, |saved, screen, _| draw_saved(saved, screen))
}

fn draw_saved(saved: &Saved, screen: &mut Screen) {
    screen.line([format!("Saved your secret key in {}", saved.file).into()]);
    screen.line([match saved.sealed {
        true => "Only its passphrase opens it.".into(),
        false => crate::screen::Span::new(
            "It is not sealed: whoever has the file can sign in your name.",
            WARN,
        ),
    }]);
}
