//! `agentctl config`: the configuration in force, its file, its faults.

use std::path::{Path, PathBuf};

use agent_api::v1::{ConfigRequest, ConfigResponse};
use clap::Subcommand;
use serde::Serialize;

use super::daemon_program;
use crate::error::{Failure, Kind};
use crate::moment::Clock;
use crate::output::{Format, Output};
use crate::screen::{Column, DIM, GOOD, Screen, Span, Table};
use crate::session::{Place, Session};
use crate::text;

/// What can be done with the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the settings in force and where each comes from
    #[command(after_help = "Examples:\n  agentctl config show")]
    Show,
    /// Print where things lie
    #[command(
        after_help = "Examples:\n  agentctl config path\n  $EDITOR \"$(agentctl config path)\""
    )]
    Path,
    /// Check a configuration file before the daemon reads it
    #[command(
        after_help = "Examples:\n  agentctl config check\n  agentctl config check draft.toml"
    )]
    Check {
        /// File to check; the home's own when left out
        #[arg(value_hint = clap::ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
}

/// Runs a command on the configuration.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    match command {
        Command::Show => show(place, output).await,
        Command::Path => path(place, output),
        Command::Check { file } => check(file.as_deref(), place, output),
    }
}

async fn show(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let session = match Session::open(place, output).await {
        Ok(session) => session,
        Err(failure) if failure.kind() == Kind::NotRunning && output.format == Format::Text => {
            output.note("The daemon is not running; it would start with this:");
            return check(None, place, output);
        }
        Err(failure) => return Err(failure),
    };
    let config = session.data().config(ConfigRequest {}).await?.into_inner();
    output.show(&config, draw)
}

fn draw(config: &ConfigResponse, screen: &mut Screen, _: &Clock) {
    let mut table = Table::new([
        ("key", Column::Left),
        ("value", Column::Cut),
        ("from", Column::Left),
    ]);
    for value in &config.values {
        table.row([
            (&value.key).into(),
            (&value.value).into(),
            Span::new(&value.origin, DIM),
        ]);
    }
    screen.table(&table);
}

#[derive(Serialize)]
struct Paths {
    config_file: PathBuf,
    home: PathBuf,
    database: PathBuf,
    plugins: PathBuf,
    logs: PathBuf,
}

fn path(place: &Place, output: &mut Output) -> Result<(), Failure> {
    let home = &place.home;
    match output.format {
        // Nothing but the path, for it is used in commands.
        Format::Text => output.raw(format!("{}\n", home.config_file().display()).as_bytes()),
        Format::Json => {
            let paths = Paths {
                config_file: home.config_file().to_owned(),
                home: home.root().to_owned(),
                database: home.database(),
                plugins: home.plugins_dir(),
                logs: home.log_dir(),
            };
            output.show(&paths, |_, _, _| {})
        }
    }
}

#[derive(Serialize)]
struct Checked {
    ok: bool,
    /// The file; none when there is none and the defaults are in force.
    file: Option<PathBuf>,
    output: String,
}

/// Lets the daemon's own program judge the file, for it knows the keys.
fn check(file: Option<&Path>, place: &Place, output: &mut Output) -> Result<(), Failure> {
    let mut command = daemon_program::command(place)?;
    command.arg("check-config").args(file);
    let child = command
        .output()
        .map_err(|error| Failure::file("run", Path::new(command.get_program()), &error))?;
    let said = String::from_utf8_lossy(&child.stdout);
    if child.status.success() {
        let own = place.home.config_file();
        let checked = Checked {
            ok: true,
            file: file
                .map(Path::to_owned)
                .or_else(|| own.exists().then(|| own.to_owned())),
            output: said.into_owned(),
        };
        return output.show(&checked, |checked, screen, _| {
            match &checked.file {
                Some(file) => {
                    screen.line([Span::new("ok", GOOD), format!(" {}", file.display()).into()])
                }
                None => {
                    screen.line([
                        format!("There is no {}; these are the defaults:", own.display()).into(),
                    ])
                }
            }
            for line in text::clean_lines(&checked.output) {
                screen.line([line.into()]);
            }
        });
    }
    let complaint = String::from_utf8_lossy(&child.stderr);
    let mut lines = text::clean_lines(&complaint).filter(|line| !line.is_empty());
    let first = lines
        .next()
        .unwrap_or_else(|| format!("agentd check-config failed ({})", child.status));
    let message = first.strip_prefix("error: ").unwrap_or(&first);
    Err(Failure::refused(message)
        .reason("invalid-config")
        .log(lines.collect()))
}

#[cfg(test)]
mod tests {
    use agent_api::v1::ConfigValue;

    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn each_setting_says_where_it_comes_from() {
        let value = |key: &str, value: &str, origin: &str| ConfigValue {
            key: key.to_owned(),
            value: value.to_owned(),
            origin: origin.to_owned(),
        };
        let config = ConfigResponse {
            values: vec![
                value("schedule.sync", "daily 07:30", "default"),
                value("log", "info", "file"),
            ],
        };
        insta::assert_snapshot!(drawn(&config, draw), @r"
        key            value        from
        schedule.sync  daily 07:30  default
        log            info         file
        ");
    }
}
