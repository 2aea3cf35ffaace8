//! The words of the command line. Each command's own are in its file.

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::command::{
    answer, answers, applications, completions, config, discard, documents, egress, explain,
    feedback, goal, goals, init, jobs, key, learn, models, notify, plugin, prefs, prepare, profile,
    prompts, report, review, schedule, search, service, skills, source, sync, watch,
};

/// Looks for work on your behalf, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "agentctl", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    /// Print JSON for programs instead of tables
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Home of the agent, instead of AGENTD_HOME or the usual one
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub(crate) home: Option<PathBuf>,
    /// Colour: auto (on terminals; heeds NO_COLOR), always, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) color: Color,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  agentctl                     what waits for you, and the command to type next
  agentctl init cv.pdf         read your CV; starts the daemon
What you name is a row of the last list shown, or how an id begins.
Exit codes: 0 done, 1 failed, 2 mistyped, 3 no daemon, 4 other protocol, 70 bug.";

/// The commands as `--help` groups them.
const GROUPS: [(&str, &[&str]); 4] = [
    (
        "Set up",
        &[
            "init", "profile", "skills", "prefs", "plugin", "source", "key",
        ],
    ),
    (
        "Look for work",
        &[
            "inbox", "sync", "jobs", "search", "explain", "like", "hide", "feedback", "rules",
            "report", "learn",
        ],
    ),
    (
        "Apply",
        &[
            "goal",
            "goals",
            "prepare",
            "answer",
            "answers",
            "documents",
            "review",
            "discard",
            "applications",
            "pause",
            "unpause",
        ],
    ),
    (
        "The daemon",
        &[
            "start",
            "stop",
            "status",
            "schedule",
            "models",
            "prompts",
            "service",
            "notify",
            "watch",
            "egress",
            "doctor",
            "config",
            "completions",
        ],
    ),
];

/// The command line, its commands grouped in the help.
pub(crate) fn command() -> clap::Command {
    let command = Cli::command();
    let header = *command.get_styles().get_header();
    let literal = *command.get_styles().get_literal();
    let mut template = "{about-with-newline}\n{usage-heading} {usage}\n\n".to_owned();
    for (heading, names) in GROUPS {
        template.push_str(&format!("{header}{heading}:{header:#}\n"));
        for name in names {
            let about = command
                .find_subcommand(name)
                .and_then(clap::Command::get_about)
                .map(ToString::to_string)
                .unwrap_or_default();
            template.push_str(&format!("  {literal}{name:<12}{literal:#}  {about}\n"));
        }
    }
    template.push_str(&format!(
        "\n{header}Options:{header:#}\n{{options}}{{after-help}}"
    ));
    command.help_template(template)
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Sets it for all output of the process.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::AlwaysAnsi,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Args),
    /// Show what was read from your CV
    #[command(subcommand)]
    Profile(profile::Command),
    /// Give skills the names you have for them
    #[command(subcommand)]
    Skills(skills::Command),
    /// Show what the daemon is doing
    #[command(after_help = "Examples:\n  agentctl status\n  agentctl --json status")]
    Status,
    /// Check the set-up and say what to do about each fault
    #[command(after_help = "Examples:\n  agentctl doctor\n\nExits with 1 when a fault was found.")]
    Doctor,
    /// Start the daemon in the background
    #[command(
        after_help = "Examples:\n  agentctl start\n  agentctl --home ~/agent start\n\n\
        The program is AGENTD_BIN, or agentd beside agentctl, or agentd on the PATH."
    )]
    Start,
    /// Finish the step at hand and stop the daemon
    #[command(after_help = "Examples:\n  agentctl stop")]
    Stop,
    /// Follow the boards of companies, or stop to
    #[command(subcommand)]
    Source(source::Command),
    /// Install plugins: each reads one job portal
    #[command(subcommand)]
    Plugin(plugin::Command),
    Sync(sync::Args),
    /// List, search and show openings, the best first
    #[command(subcommand)]
    Jobs(jobs::Command),
    /// Keep searches and see what is new in them
    #[command(subcommand)]
    Search(search::Command),
    Explain(explain::Args),
    /// Report what openings ask for, what you lack, and what to learn
    #[command(subcommand)]
    Report(report::Command),
    /// Say what you learn, and what you have learned
    #[command(subcommand)]
    Learn(learn::Command),
    Like(feedback::Like),
    #[command(hide = true)]
    Unlike(feedback::Unlike),
    Hide(feedback::Hide),
    #[command(hide = true)]
    Unhide(feedback::Unhide),
    /// List what you like and hide
    #[command(subcommand)]
    Feedback(feedback::Command),
    /// See, accept and undo rules that follow from likes and hides
    #[command(subcommand)]
    Rules(feedback::Rules),
    /// Show what waits for you, as agentctl alone does
    #[command(after_help = "Examples:\n  agentctl inbox\n  agentctl --json inbox")]
    Inbox,
    Goal(goal::Args),
    /// List, show and end goals, and answer what they ask
    #[command(subcommand)]
    Goals(goals::Command),
    Prepare(prepare::Args),
    Answer(answer::Args),
    /// List, change and forget the answers kept for other forms
    #[command(subcommand)]
    Answers(answers::Command),
    /// Write letters to employers, kept to what your CV states
    #[command(subcommand)]
    Documents(documents::Command),
    #[command(visible_alias = "approve")]
    Review(review::Args),
    Discard(discard::Args),
    /// List what you applied to, and check every receipt
    #[command(subcommand)]
    Applications(applications::Command),
    /// Show, replace and save the key you sign with
    #[command(subcommand)]
    Key(key::Command),
    /// Stop everything: nothing is prepared or sent any more
    #[command(after_help = "Examples:\n  agentctl pause\n\n\
        A sending that is under way is cut; whether it arrived is then in doubt.")]
    Pause,
    /// Let work go on after a pause
    #[command(after_help = "Examples:\n  agentctl unpause")]
    Unpause,
    /// Say what you look for, and your limits
    #[command(subcommand)]
    Prefs(prefs::Command),
    /// Say when the daemon reads the boards by itself
    #[command(subcommand)]
    Schedule(schedule::Command),
    /// List the models and what they were asked
    #[command(subcommand)]
    Models(models::Command),
    /// See and change what models are asked
    #[command(subcommand)]
    Prompts(prompts::Command),
    /// Have the system run the daemon as your service
    #[command(subcommand)]
    Service(service::Command),
    /// List what you were told of, and try the channels
    #[command(subcommand)]
    Notify(notify::Command),
    Watch(watch::Args),
    Egress(egress::Args),
    /// Show or check the configuration
    #[command(subcommand)]
    Config(config::Command),
    Completions(completions::Args),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helps(command: &mut clap::Command, path: &str, into: &mut Vec<(String, String)>) {
        into.push((path.to_owned(), command.render_long_help().to_string()));
        for below in command.get_subcommands_mut() {
            if below.get_name() != "help" {
                let path = format!("{path} {}", below.get_name());
                helps(below, &path, into);
            }
        }
    }

    fn all_helps() -> Vec<(String, String)> {
        let mut command = command().term_width(80);
        command.build();
        let mut all = Vec::new();
        helps(&mut command, "agentctl", &mut all);
        all
    }

    #[test]
    fn the_arguments_are_consistent() {
        command().debug_assert();
    }

    #[test]
    fn the_help_names_every_command_once_and_fits_a_screen() {
        let mut grouped: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        let command = command().term_width(80);
        let mut all: Vec<&str> = command
            .get_subcommands()
            // What takes a word back is named in the help of that word.
            .filter(|command| !command.is_hide_set())
            .map(clap::Command::get_name)
            .collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
        let help = command.clone().render_help().to_string();
        assert!(help.lines().count() <= 68, "{help}");
        assert!(help.lines().all(|line| line.len() <= 80), "{help}");
    }

    #[test]
    fn every_command_explains_itself_with_examples() {
        let all = all_helps();
        for (path, help) in &all {
            let is_group = help.contains("\nCommands:");
            assert!(
                is_group || help.contains("Example"),
                "{path} has no example"
            );
        }
        let text: String = all
            .iter()
            .map(|(path, help)| format!("$ {path} --help\n{help}\n"))
            .collect();
        insta::assert_snapshot!("help", text);
    }
}
