//! One question to one model: from what is kept, else asked, with its repairs. Each
//! exchange has its row in the ledger, also one that is given up half-way.

use agent_models::{ChatQuestion, Dialogue, Outcome, Step};
use agent_store::{About, AnswerKey, CallOutcome, NewModelCall};
use serde_json::Value;
use tokio::time::Instant;

use super::{Answer, Asked, desk::Progress, seat::Seat};
use crate::{clock, fault::Fault, handle::Handle};

/// Makes a model answer the same each time.
pub(super) const SEED: u32 = 17;

/// Temperature of a question that is asked again: at 0 a model mostly says the same.
pub(super) const WARMER: f32 = 0.5;

/// The answer of one model, or why it gave none.
pub(super) async fn through(
    handle: &Handle,
    seat: &Seat,
    asked: &Asked,
    check: &(impl Fn(&Value) -> Result<(), String> + Sync),
) -> Result<Result<Answer, String>, Fault> {
    let key = asked.key(seat);
    if let Some(answer) = kept(handle, seat, asked, (&key, check)).await? {
        return Ok(Ok(answer));
    }
    let desk = handle.chat.desk(seat.tier());
    let _turn = desk.queue.lock().await;
    // Meanwhile the same may have been asked, or the server have failed.
    if let Some(answer) = kept(handle, seat, asked, (&key, check)).await? {
        return Ok(Ok(answer));
    }
    if let Some(why) = desk.resting() {
        return Ok(Err(why));
    }
    let mut dialogue = Dialogue::new(&asked.prompt, &asked.shape);
    loop {
        let mut exchange = UnderWay::begin(handle, seat, asked);
        let question = ChatQuestion {
            system: &asked.prompt.system,
            user: dialogue.user(),
            schema: &asked.schema,
            answer_tokens: dialogue.room(),
            temperature: match dialogue.repairs() {
                0 => 0.0,
                _ => WARMER,
            },
            seed: SEED + u32::from(dialogue.repairs()),
            quiet: handle.chat.quiet,
        };
        let number = exchange.number;
        let progress = |tokens| handle.chat.tokens(number, tokens);
        let answered = seat.chat(&handle.chat, &question, &progress).await;
        let answer = match answered {
            Ok(answer) => answer,
            Err(error) => {
                desk.failed(&error);
                exchange.call.outcome = CallOutcome::Failed(error.to_string());
                exchange.written(None).await?;
                return Ok(Err(error.to_string()));
            }
        };
        desk.works();
        let (step, outcome) = dialogue.take(&answer, check);
        exchange.call.tokens_in = answer.tokens_in;
        exchange.call.tokens_out = answer.tokens_out;
        exchange.call.outcome = match outcome {
            Outcome::Ok => CallOutcome::Ok,
            Outcome::Invalid(why) => CallOutcome::Invalid(why),
            Outcome::Refused(why) => CallOutcome::Refused(why),
            Outcome::Cut => CallOutcome::Cut,
        };
        match step {
            Step::Use(value) => {
                let call = exchange.written(Some((key, value.clone()))).await?;
                return Ok(Ok(Answer {
                    value,
                    model: seat.name().to_owned(),
                    tier: seat.tier(),
                    call,
                    cached: false,
                }));
            }
            Step::Again => {
                exchange.written(None).await?;
            }
            Step::GiveUp => {
                let why = match &exchange.call.outcome {
                    CallOutcome::Cut => "its answer was cut twice".to_owned(),
                    outcome => outcome.why().to_owned(),
                };
                exchange.written(None).await?;
                let name = seat.name();
                return Ok(Err(format!("{name} gave no usable answer: {why}")));
            }
        }
    }
}

/// The answer that is kept, if it still passes every test.
async fn kept(
    handle: &Handle,
    seat: &Seat,
    asked: &Asked,
    (key, check): (&AnswerKey, &(impl Fn(&Value) -> Result<(), String> + Sync)),
) -> Result<Option<Answer>, Fault> {
    let looked_up = key.clone();
    let found = handle
        .store
        .read(move |reader| reader.model_answer(&looked_up))
        .await?;
    let fits = |value: &Value| asked.shape.check(value).and_then(|()| check(value));
    let Some(value) = found.filter(|value| fits(value).is_ok()) else {
        return Ok(None);
    };
    let mut call = row(seat, asked);
    call.outcome = CallOutcome::Cached;
    let call = handle.write(move |tx| tx.append_model_call(&call)).await?;
    Ok(Some(Answer {
        value,
        model: seat.name().to_owned(),
        tier: seat.tier(),
        call,
        cached: true,
    }))
}

fn row(seat: &Seat, asked: &Asked) -> NewModelCall {
    let (kind, id) = &asked.about;
    NewModelCall {
        at: clock::now(),
        task: asked.task.to_owned(),
        tier: seat.tier(),
        model: seat.name().to_owned(),
        prompt: asked.digest,
        about: About {
            kind: (*kind).to_owned(),
            id: id.clone(),
        },
        tokens_in: 0,
        tokens_out: 0,
        millis: 0,
        outcome: CallOutcome::Failed("it was cancelled".to_owned()),
    }
}

/// An exchange under way. One that is dropped was cancelled, and is written down too.
struct UnderWay<'a> {
    handle: &'a Handle,
    call: NewModelCall,
    number: u64,
    begun: Instant,
    open: bool,
}

impl<'a> UnderWay<'a> {
    fn begin(handle: &'a Handle, seat: &Seat, asked: &Asked) -> Self {
        let call = row(seat, asked);
        let number = handle.chat.begin(Progress {
            number: 0,
            task: asked.task,
            about: asked.about.clone(),
            model: call.model.clone(),
            tokens: 0,
            since: call.at,
        });
        Self {
            handle,
            call,
            number,
            begun: Instant::now(),
            open: true,
        }
    }

    fn ended(&mut self) -> NewModelCall {
        self.open = false;
        self.call.at = clock::now();
        self.call.millis = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.call.clone()
    }

    /// Writes the row, and the answer that is kept, in one transaction.
    async fn written(mut self, answer: Option<(AnswerKey, Value)>) -> Result<i64, Fault> {
        let call = self.ended();
        let id = self
            .handle
            .write(move |tx| {
                if let Some((key, value)) = &answer {
                    tx.save_model_answer(key, value)?;
                }
                tx.append_model_call(&call)
            })
            .await?;
        Ok(id)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.handle.chat.end(self.number);
        if !self.open {
            return;
        }
        let (call, handle) = (self.ended(), self.handle.clone());
        self.handle.tasks.spawn(async move {
            if let Err(error) = handle.write(move |tx| tx.append_model_call(&call)).await {
                tracing::warn!(%error, "a cancelled call was not written down");
            }
        });
    }
}
