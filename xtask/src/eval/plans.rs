//! `cargo xtask eval plans`: the plans that a model makes of sentences of ours,
//! through the real daemon. What counts is whether the model's own plan could be
//! used, and whether its steps fit the sentence.

use std::fs;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::demo::{Agent, Built, Home, Profile, Screen};
use crate::workspace::root;

/// Options of `cargo xtask eval plans`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Name of the model on the server of OLLAMA_HOST
    #[arg(long)]
    model: String,
    /// Use what was built before
    #[arg(long)]
    built: bool,
}

#[derive(Deserialize)]
struct Labelled {
    sentences: Vec<Case>,
}

/// A sentence and the steps that fit it.
#[derive(Deserialize)]
struct Case {
    sentence: String,
    /// Steps a fitting plan has.
    needs: Vec<String>,
    /// Steps it has not.
    never: Vec<String>,
}

/// What `agentctl --json goal --dry-run` is read for.
#[derive(Deserialize)]
struct Planned {
    planner: String,
    why: String,
    steps: Vec<Step>,
    calls: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
}

impl Case {
    fn is_fitted_by(&self, plan: &Planned) -> bool {
        let has = |name: &String| plan.steps.iter().any(|step| step.name == *name);
        self.needs.iter().all(has) && !self.never.iter().any(has)
    }
}

/// Plans every sentence and prints what came of it.
pub(super) fn run(args: &Args) -> Result<()> {
    let server = std::env::var("OLLAMA_HOST").context("OLLAMA_HOST names no model server")?;
    let path = root().join("eval/fixtures/plans.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let labelled: Labelled = serde_json::from_str(&text).context("another shape")?;
    let built = if args.built {
        Built::before(Profile::Dev)?
    } else {
        Built::all(Profile::Dev)?
    };
    let home = Home::new(false)?;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let config = format!(
        "[models]\nembeddings = \"built-in\"\nollama = {}\nchat = {}\n",
        quoted(&server),
        quoted(&args.model)
    );
    fs::write(home.agent().join("config.toml"), config).context("no configuration")?;
    let screen = Screen::new(false);
    let agent = Agent::new(&built.bin, &home.agent(), screen);
    agent.quietly(&["start"])?;
    let (mut used, mut fits) = (0, 0);
    for case in &labelled.sentences {
        let began = Instant::now();
        let plan: Planned = agent.ask(&["goal", "--dry-run", &case.sentence])?;
        let by_model = !plan.planner.is_empty();
        let fit = case.is_fitted_by(&plan);
        used += u32::from(by_model);
        fits += u32::from(by_model && fit);
        let names: Vec<&str> = plan.steps.iter().map(|step| step.name.as_str()).collect();
        println!(
            "{:<5} {:<4} {:>3} s  {} calls  {}\n        {}{}",
            if by_model { "model" } else { "rules" },
            if fit { "fits" } else { "not" },
            began.elapsed().as_secs(),
            plan.calls.len(),
            case.sentence,
            names.join(" "),
            if by_model {
                String::new()
            } else {
                format!("  ({})", plan.why)
            },
        );
    }
    agent.quietly(&["stop"])?;
    home.leave(screen);
    let all = labelled.sentences.len();
    println!(
        "{}: {used} of {all} plans are the model's own, {fits} of {all} of those fit the sentence",
        args.model
    );
    Ok(())
}
