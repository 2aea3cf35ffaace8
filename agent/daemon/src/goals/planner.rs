//! From a sentence to a plan: a model's where one answers and its plan may be
//! carried out, else the rules'.

use agent_core::{
    ids::GoalId,
    plan::{self, Followed, Plan, Reading, Sentence},
};
use serde_json::json;

use crate::{
    fault::Fault,
    handle::Handle,
    models::{self, Question, Reply},
};

/// A plan and who made it.
pub(super) struct Planned {
    pub(super) plan: Plan,
    /// The model; empty of rules.
    pub(super) planner: String,
    /// Why rules made it; empty of a model.
    pub(super) why: String,
    /// What the person should know of it.
    pub(super) notes: Vec<String>,
}

/// Plans a sentence.
pub(super) async fn plan(
    handle: &Handle,
    id: GoalId,
    sentence: &Sentence,
    standing: bool,
) -> Result<Planned, Fault> {
    let sources = handle.store.read(|reader| reader.sources()).await?;
    let mut companies: Vec<String> = sources.into_iter().map(|source| source.company).collect();
    companies.sort_unstable();
    companies.dedup();
    let mut reading = plan::read(sentence, &Followed { companies });
    if standing {
        reading.wish.standing = true;
        reading.openings = true;
    }
    let question = Question {
        task: "plan",
        values: json!({ "sentence": sentence.as_str() }),
        schema: plan::schema(&reading),
        about: ("goal", id.to_string()),
    };
    let (held, read) = (sentence.clone(), reading.clone());
    let reply = models::ask(handle, question, move |answer| {
        plan::propose(answer, &held, &read)
            .map(drop)
            .map_err(|refusal| refusal.to_string())
    });
    let why = match reply.await? {
        Reply::Answer(answer) => match plan::propose(&answer.value, sentence, &reading) {
            Ok(proposal) => {
                return Ok(Planned {
                    notes: notes(&reading, sentence, &proposal.plan),
                    plan: proposal.plan,
                    planner: answer.model,
                    why: String::new(),
                });
            }
            // An answer that was kept from before is checked anew.
            Err(refusal) => refusal.to_string(),
        },
        Reply::Nobody { why } => why,
    };
    let plan = plan::template(&reading);
    Ok(Planned {
        notes: notes(&reading, sentence, &plan),
        plan,
        planner: String::new(),
        why: agent_core::text::quote(&why, 300),
    })
}

/// What the person should know of a plan: whom they do not follow, and which of their
/// words nobody heeded.
fn notes(reading: &Reading, sentence: &Sentence, plan: &Plan) -> Vec<String> {
    let stranger = |name: &String| {
        format!(
            "{name} is not among the employers you follow; follow it with: agentctl source add {name}"
        )
    };
    let mut notes: Vec<String> = reading.strangers.iter().map(stranger).collect();
    let unread = plan::unread(sentence, plan);
    if !unread.is_empty() {
        notes.push(format!("not understood: {}", unread.join(", ")));
    }
    notes
}
