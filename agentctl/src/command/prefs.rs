//! `agentctl prefs`: wishes and limits.

mod guide;

use agent_api::v1::{GetPreferencesRequest, PreferenceChange, Preferences, SetPreferencesRequest};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BOLD, Column, DIM, Note, Screen, Span, Table};
use crate::session::{Place, Session};

/// What can be done with preferences.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show all preferences and what each is for
    #[command(after_help = "Examples:\n  agentctl prefs show")]
    Show,
    /// Set a preference, or be asked for all of them
    ///
    /// Without a key each is asked for in turn, on a terminal. Nothing is kept before
    /// the last answer.
    #[command(
        after_help = "Examples:\n  agentctl prefs set   (asks one question after another)\n  \
        agentctl prefs set places Berlin \"New York\"\n  \
        agentctl prefs show   (all keys, and the form their values take)"
    )]
    Set {
        /// Its key
        #[arg(requires = "values")]
        key: Option<String>,
        /// Its values
        values: Vec<String>,
    },
    /// Clear a preference
    #[command(after_help = "Examples:\n  agentctl prefs clear places")]
    Clear {
        /// Its key
        key: String,
    },
}

/// Runs a command on preferences.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    if matches!(command, Command::Set { key: None, .. }) {
        guide::refuse_without_terminal(output)?;
    }
    let session = Session::open(place, output).await?;
    let mut profile = session.profile();
    let change = match command {
        Command::Show => {
            let preferences = profile
                .get_preferences(GetPreferencesRequest {})
                .await?
                .into_inner();
            return output.show(&preferences, draw);
        }
        Command::Set { key: None, .. } => return guide::run(&session, output).await,
        Command::Set {
            key: Some(key),
            values,
        } => PreferenceChange { key, values },
        Command::Clear { key } => PreferenceChange {
            key,
            values: Vec::new(),
        },
    };
    let changed = change.key.clone();
    let request = SetPreferencesRequest {
        changes: vec![change],
        check_only: false,
    };
    let mut preferences = profile.set_preferences(request).await?.into_inner();
    // What was changed is what the person wants to see; `show` has the rest.
    preferences.entries.retain(|entry| entry.key == changed);
    let has_jobs = session.status.jobs_open > 0;
    output.show(&preferences, |preferences, screen, clock| {
        draw(preferences, screen, clock);
        if has_jobs {
            screen.next("agentctl jobs list   (in its new order)");
        }
    })
}

fn draw(preferences: &Preferences, screen: &mut Screen, _: &Clock) {
    let mut table = Table::new([("key", Column::Left), ("value", Column::Cut)]);
    for preference in &preferences.entries {
        let value = match preference.values.as_slice() {
            [] => Span::new("–", DIM),
            values => values.join(", ").into(),
        };
        let help = Note::Whole(Span::new(&preference.help, DIM));
        table.row_with_notes([Span::new(&preference.key, BOLD), value], [help]);
    }
    screen.table(&table);
}

#[cfg(test)]
mod tests {
    use agent_api::v1::Preference;

    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn every_key_is_shown_with_its_help() {
        let preference = |key: &str, values: &[&str], help: &str| Preference {
            key: key.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            help: help.to_owned(),
            ..Preference::default()
        };
        let preferences = Preferences {
            entries: vec![
                preference(
                    "places",
                    &["Berlin", "New York"],
                    "where you would work; names of places",
                ),
                preference("pay-floor", &[], "least pay a year, such as: 60000 EUR"),
            ],
        };
        insta::assert_snapshot!(drawn(&preferences, draw));
    }
}
