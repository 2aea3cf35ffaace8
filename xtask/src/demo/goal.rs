//! A goal in the demo: a sentence, its plan, and the steps to it. It lists and
//! prepares nothing, so that what is prepared later is the person's own choice.
//!
//! Where `OLLAMA_HOST` names a model server, its model plans and reads. Only here: what
//! comes before and after is the same with and without one.

use std::{env, fs};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{Agent, Screen};

/// What is wanted. The boards were read just before, so the goal reads none.
const SENTENCE: &str = "five backend roles in Berlin or remote, over 60k";

#[derive(Deserialize)]
struct Goals {
    goals: Vec<Goal>,
}

/// What `agentctl --json goals list` is read for.
#[derive(Deserialize)]
struct Goal {
    state: String,
    planner: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    name: String,
    state: String,
}

/// Shows a goal; gives the tier that planned it and how many steps came to their end.
pub(super) fn play(
    agent: &mut Agent,
    screen: Screen,
    complaints: &mut Vec<String>,
) -> Result<(&'static str, usize)> {
    let models = env::var("OLLAMA_HOST").ok();
    let Some(models) = models.filter(|host| !host.trim().is_empty()) else {
        return played(agent, screen, complaints);
    };
    screen.step(&format!(
        "The model server at {models} is there for the goal"
    ));
    // The order of the openings stays as it is: no vectors of a model.
    let config = "[models]\nembeddings = \"built-in\"\n";
    fs::write(agent.home().join("config.toml"), config)
        .context("could not configure the practice home")?;
    restart(agent, Some(models))?;
    let played = played(agent, screen, complaints)?;
    restart(agent, None)?;
    Ok(played)
}

fn restart(agent: &mut Agent, models: Option<String>) -> Result<()> {
    agent.quietly(&["stop"])?;
    agent.ask_models_at(models);
    agent.quietly(&["start"])
}

fn played(
    agent: &Agent,
    screen: Screen,
    complaints: &mut Vec<String>,
) -> Result<(&'static str, usize)> {
    screen.step("A goal: a sentence becomes a plan, and the plan is carried out");
    agent.show(&["goal", SENTENCE])?;
    let list: Goals = agent.ask(&["goals", "list", "--all"])?;
    let goal = list.goals.first().context("the goal is not listed")?;
    let ended = ["done", "skipped"];
    let over = |step: &&Step| ended.contains(&step.state.as_str());
    let steps = goal.steps.iter().filter(over).count();
    if goal.state != "done" || steps != goal.steps.len() {
        let names: Vec<&str> = goal.steps.iter().map(|step| step.name.as_str()).collect();
        complaints.push(format!(
            "the goal is {} after {steps} of the steps {}",
            goal.state,
            names.join(" ")
        ));
    }
    let tier = if goal.planner.is_empty() {
        "built-in"
    } else {
        "ollama"
    };
    Ok((tier, steps))
}
