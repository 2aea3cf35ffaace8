//! `agentctl skills`: the person's own names for skills.

use agent_api::v1::{
    ListAliasesRequest, ListAliasesResponse, RemoveAliasRequest, SetAliasRequest, SetAliasResponse,
};
use clap::Subcommand;

use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BOLD, DIM, Screen, Span};
use crate::session::{Place, Session};
use crate::text::count;

/// What can be done with names of skills.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read another name as a skill, in postings and in your profile
    ///
    /// Postings with its words are read again, and all are ranked anew. Of up to three
    /// letters, it stands for the skill only in the same capitals.
    #[command(
        after_help = "Examples:\n  agentctl skills alias \"k8s platform\" Kubernetes\n  \
        agentctl skills alias TF Terraform"
    )]
    Alias {
        /// What postings or your CV say
        #[arg(value_name = "NAME")]
        alias: String,
        /// The skill they mean; one of your own has to be in your profile
        skill: String,
    },
    /// List the names you gave
    #[command(
        after_help = "Examples:\n  agentctl skills aliases\n  agentctl --json skills aliases"
    )]
    Aliases,
    /// Take a name back
    #[command(after_help = "Examples:\n  agentctl skills unalias \"k8s platform\"")]
    Unalias {
        /// The name, as the list has it
        #[arg(value_name = "NAME")]
        alias: String,
    },
}

/// Runs a command on names of skills.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    let mut profile = session.profile();
    match command {
        Command::Alias { alias, skill } => {
            let set = profile.set_alias(SetAliasRequest { alias, skill }).await?;
            output.show(set.get_ref(), draw_set)
        }
        Command::Aliases => {
            let list = profile.list_aliases(ListAliasesRequest {}).await?;
            output.show(list.get_ref(), draw)
        }
        Command::Unalias { alias } => {
            let request = RemoveAliasRequest {
                alias: alias.clone(),
            };
            let removed = profile.remove_alias(request).await?;
            let postings = removed.get_ref().postings;
            output.show(removed.get_ref(), |_, screen, _| {
                let again = read_again(postings);
                screen.line([format!(
                    "\u{201c}{alias}\u{201d} means nothing special now. {again}"
                )
                .into()]);
            })
        }
    }
}

fn draw_set(set: &SetAliasResponse, screen: &mut Screen, _: &Clock) {
    let alias = set.alias.clone().unwrap_or_default();
    screen.line([
        format!("\u{201c}{}\u{201d} is read as ", alias.alias).into(),
        Span::new(alias.skill, BOLD),
        format!(". {}", read_again(set.postings)).into(),
    ]);
}

fn read_again(postings: u32) -> String {
    match postings {
        0 => "No open posting has these words.".to_owned(),
        1 => "The 1 posting with these words was read again.".to_owned(),
        many => format!(
            "The {} with these words were read again.",
            count(u64::from(many), "posting")
        ),
    }
}

fn draw(list: &ListAliasesResponse, screen: &mut Screen, _: &Clock) {
    if list.aliases.is_empty() {
        screen.line(["You gave no skill another name yet.".into()]);
        screen.next("agentctl skills alias NAME SKILL");
        return;
    }
    for alias in &list.aliases {
        screen.line([
            Span::new(&alias.alias, BOLD),
            Span::new("  is read as  ", DIM),
            (&alias.skill).into(),
        ]);
    }
    screen.next("agentctl skills unalias NAME");
}

#[cfg(test)]
mod tests {
    use agent_api::v1::SkillAlias;

    use super::*;
    use crate::command::testing::drawn;

    #[test]
    fn names_are_listed_with_their_skills() {
        let alias = |alias: &str, skill: &str| SkillAlias {
            alias: alias.to_owned(),
            skill: skill.to_owned(),
        };
        let list = ListAliasesResponse {
            aliases: vec![
                alias("k8s platform\u{1b}[2J", "Kubernetes"),
                alias("TF", "Terraform"),
            ],
        };
        let expected = "k8s platform[2J  is read as  Kubernetes\n\
            TF  is read as  Terraform\n\nnext: agentctl skills unalias NAME\n";
        assert_eq!(drawn(&list, draw), expected);
        let none = drawn(&ListAliasesResponse::default(), draw);
        assert!(
            none.starts_with("You gave no skill another name yet."),
            "{none}"
        );
        for (postings, expected) in [
            (0, "No open posting has"),
            (1, "The 1 posting with"),
            (2, "The 2 postings with"),
        ] {
            let set = SetAliasResponse {
                alias: Some(alias("TF", "Terraform")),
                postings,
            };
            let told = drawn(&set, draw_set);
            assert!(
                told.starts_with("\u{201c}TF\u{201d} is read as Terraform."),
                "{told}"
            );
            assert!(told.contains(expected), "{told}");
        }
    }
}
