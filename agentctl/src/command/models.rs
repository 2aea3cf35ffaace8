//! `agentctl models`: the models, and which vectors serve.

use agent_api::v1::{ChatTiers, ListModelsRequest, ListModelsResponse, Model};
use clap::Subcommand;

use super::usage;
use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BAD, Column, DIM, GOOD, Note, Screen, Span, Table, WARN};
use crate::session::{Place, Session};
use crate::text::bytes;

/// What can be done with models.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the models, which of them makes vectors, and how far they are made
    #[command(
        after_help = "Examples:\n  agentctl models list\n  agentctl --json models list\n\n\
        Openings are found and compared by vectors. The built-in ones always work. A\n\
        model of Ollama (for example: ollama pull embeddinggemma) makes better ones, in\n\
        the background; they serve once every opening has them. A model that answers (for\n\
        example: ollama pull qwen3:4b) reads postings, plans and drafts; without one\n\
        rules do. To choose, write into the configuration (agentctl config path):\n  \
        [models]\n  embeddings = \"built-in\"    # or \"auto\", or the name of a model\n  \
        chat = \"off\"               # or \"auto\", or the name of a model\n  \
        [models.openai]            # a server that speaks OpenAI's protocol\n  \
        url = \"http://127.0.0.1:1234/v1\"\n  model = \"NAME\"\n\
        Its key, where it wants one, stands in the file openai of the keys' folder\n\
        (agentctl key show), which only you may read."
    )]
    List,
    /// Show what models were asked: calls, tokens, time, and what was not used
    #[command(
        after_help = "Examples:\n  agentctl models usage\n  agentctl models usage --days 7\n  \
        agentctl --json models usage"
    )]
    Usage {
        /// Days back from today
        #[arg(long, value_name = "NUMBER", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3660))]
        days: u32,
    },
}

/// Runs a command on models.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    match command {
        Command::List => {
            let list = session.models().list(ListModelsRequest {}).await?;
            output.show(&list.into_inner(), draw)
        }
        Command::Usage { days } => usage::run(days, &session, output).await,
    }
}

fn draw(list: &ListModelsResponse, screen: &mut Screen, _: &Clock) {
    screen.field(
        "server",
        match list.server.as_str() {
            "" => Span::new("none is asked for vectors", DIM),
            server => Span::from(server),
        },
    );
    if list.leaves_machine {
        let text = "what is embedded LEAVES THIS MACHINE: postings, searches, your CV in short";
        screen.field("", Span::new(text, WARN));
    }
    screen.field("embeddings", &list.choice);
    if !list.problem.is_empty() {
        screen.field("problem", Span::new(&list.problem, BAD));
    }
    if !list.note.is_empty() {
        screen.field("note", Span::new(&list.note, WARN));
    }
    screen.blank();
    let mut table = Table::new([
        ("model", Column::Cut),
        ("vectors", Column::Left),
        ("dims", Column::Right),
        ("size", Column::Right),
        ("digest", Column::Left),
    ]);
    for model in &list.models {
        let some = |text: String, known: bool| Span::from(if known { text } else { String::new() });
        let digest: String = model.digest.chars().take(12).collect();
        table.row_with_notes(
            [
                (&model.name).into(),
                used(model),
                some(model.dims.to_string(), model.dims > 0),
                some(bytes(model.bytes), model.bytes > 0),
                Span::new(digest, DIM),
            ],
            [Note::Whole(Span::new(gone(model), WARN))],
        );
    }
    screen.table(&table);
    if let Some(chat) = &list.chat {
        draw_chat(chat, screen);
    }
}

/// Who answers questions, and who would next.
fn draw_chat(chat: &ChatTiers, screen: &mut Screen) {
    screen.heading("Questions");
    screen.field("chat", &chat.choice);
    for tier in &chat.tiers {
        let said = match (tier.model.as_str(), tier.problem.as_str()) {
            ("", "") => Span::new("not asked yet", DIM),
            ("", problem) => Span::new(problem, WARN),
            (model, "") if tier.context > 0 => Span::new(
                format!("{model}, reads {} tokens at once", tier.context),
                GOOD,
            ),
            (model, "") => Span::new(model, GOOD),
            (model, problem) => Span::new(format!("{model}: {problem}"), WARN),
        };
        // "openai-compatible" is wider than the column of names.
        let name = tier.tier.split('-').next().unwrap_or_default();
        screen.field(name, said);
        if tier.leaves_machine {
            let text = format!("what is asked LEAVES THIS MACHINE for {}", tier.server);
            screen.field("", Span::new(text, WARN));
        }
    }
    screen.field("then", "rules");
    for call in &chat.at_work {
        let text = format!(
            "{} ({}, {} tokens so far)",
            call.model, call.task, call.tokens
        );
        screen.field("at work", text);
    }
}

fn used(model: &Model) -> Span {
    match model.used.as_str() {
        "serving" => Span::new("serving", GOOD),
        "filling" => Span::new(format!("{} of {} jobs", model.done, model.total), WARN),
        "below" => Span::from("when no others do"),
        _ if model.embeds => Span::from("none yet"),
        _ => Span::new("makes none", DIM),
    }
}

fn gone(model: &Model) -> &'static str {
    match model.present {
        true => "",
        false => "not on the server now",
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::{ChatTier, ModelAtWork};

    use super::*;
    use crate::command::testing::drawn;

    fn model(name: &str, used: &str) -> Model {
        Model {
            name: name.to_owned(),
            embeds: true,
            present: true,
            used: used.to_owned(),
            digest: "1b226e2802dbb772b5fc32a58f103ca1".to_owned(),
            bytes: 45_960_996,
            ..Model::default()
        }
    }

    #[test]
    fn models_are_shown_with_what_their_vectors_are_for() {
        let built_in = Model {
            built_in: true,
            dims: 128,
            digest: String::new(),
            bytes: 0,
            ..model("minilm-static-128", "below")
        };
        let list = ListModelsResponse {
            server: "http://127.0.0.1:11434".to_owned(),
            choice: "auto".to_owned(),
            models: vec![
                built_in.clone(),
                Model {
                    dims: 384,
                    done: 180,
                    total: 180,
                    present: false,
                    ..model("all-minilm:latest", "serving")
                },
                Model {
                    dims: 768,
                    done: 12,
                    total: 180,
                    ..model("embeddinggemma:latest", "filling")
                },
                model("bge-m3:567m", ""),
                Model {
                    embeds: false,
                    ..model("llama3.1:8b", "")
                },
            ],
            ..ListModelsResponse::default()
        };
        insta::assert_snapshot!(drawn(&list, draw), @r"
        server        http://127.0.0.1:11434
        embeddings    auto

        model                  vectors            dims      size  digest
        minilm-static-128      when no others do   128
        all-minilm:latest      serving             384  43.8 MiB  1b226e2802db
            not on the server now
        embeddinggemma:latest  12 of 180 jobs      768  43.8 MiB  1b226e2802db
        bge-m3:567m            none yet                 43.8 MiB  1b226e2802db
        llama3.1:8b            makes none               43.8 MiB  1b226e2802db
        ");
        let alone = ListModelsResponse {
            server: "http://gpu.example:11434".to_owned(),
            leaves_machine: true,
            choice: "nomic-embed-text".to_owned(),
            problem: "no model server answers at http://gpu.example:11434: refused".to_owned(),
            models: vec![Model {
                used: "serving".to_owned(),
                ..built_in
            }],
            ..ListModelsResponse::default()
        };
        let chat = ChatTiers {
            choice: "auto".to_owned(),
            tiers: vec![
                ChatTier {
                    tier: "ollama".to_owned(),
                    problem: "no model server answers at http://127.0.0.1:11434: refused"
                        .to_owned(),
                    ..ChatTier::default()
                },
                ChatTier {
                    tier: "openai-compatible".to_owned(),
                    server: "https://models.example/v1".to_owned(),
                    leaves_machine: true,
                    model: "large".to_owned(),
                    ..ChatTier::default()
                },
            ],
            at_work: vec![ModelAtWork {
                model: "large".to_owned(),
                task: "posting".to_owned(),
                tokens: 120,
                ..ModelAtWork::default()
            }],
        };
        let mut asked = ListModelsResponse {
            choice: "built-in".to_owned(),
            chat: Some(chat),
            ..ListModelsResponse::default()
        };
        insta::assert_snapshot!("questions", drawn(&asked, draw));
        asked.chat = Some(ChatTiers {
            choice: "qwen3:4b".to_owned(),
            tiers: vec![ChatTier {
                tier: "ollama".to_owned(),
                model: "qwen3:4b".to_owned(),
                context: 40_960,
                ..ChatTier::default()
            }],
            ..ChatTiers::default()
        });
        insta::assert_snapshot!("answered", drawn(&asked, draw));
        insta::assert_snapshot!(drawn(&alone, draw), @r"
        server        http://gpu.example:11434
                      what is embedded LEAVES THIS MACHINE: postings, searches, your CV in short
        embeddings    nomic-embed-text
        problem       no model server answers at http://gpu.example:11434: refused

        model              vectors  dims
        minilm-static-128  serving   128
        ");
    }
}
