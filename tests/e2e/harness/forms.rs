//! A home with read boards, the employer beside it, and what its forms received.

use agent_api::{
    MAX_MESSAGE_BYTES, reason,
    v1::{
        self, ApplicationProgress, ApplicationRow, applications_client::ApplicationsClient,
        reviews_client::ReviewsClient,
    },
};
use practice::{OpeningInfo, PracticeOptions, Running, Shape};
use tonic::{Status, Streaming};

use super::{Home, employer};

/// A statement that no form is filled past without the person.
const STOP: &str = "I confirm that I wrote";

/// A home that read the boards of an employer.
pub(crate) struct Forms {
    pub(crate) home: Home,
    pub(crate) employer: Running,
}

impl Forms {
    /// The written boards, read once by a daemon with the sample CV.
    pub(crate) async fn read() -> Self {
        let employer = employer(PracticeOptions::default()).await;
        let mut home = Home::that_read(&employer).await;
        home.start();
        Self { home, employer }
    }

    /// The boards of another employer, likewise.
    pub(crate) async fn read_of(options: PracticeOptions) -> Self {
        let employer = employer(options).await;
        let mut home = Home::practice(&employer);
        home.set_up(&employer);
        home.json(&["sync"]);
        Self { home, employer }
    }

    /// The employer's openings, each by the posting that the list shows of it.
    pub(crate) fn listed(&self) -> Vec<OpeningInfo> {
        let rows = self.home.jobs();
        let mut openings = self.employer.openings();
        openings.retain(|opening| rows.iter().any(|row| row.url.contains(&opening.id)));
        openings
    }

    /// Openings of one kind of page whose form can be filled without a stop.
    pub(crate) fn openings(&self, shape: Shape) -> Vec<OpeningInfo> {
        let mut openings = self.listed();
        openings.retain(|opening| {
            opening.shape == shape && !opening.required.iter().any(|label| label.contains(STOP))
        });
        openings
    }

    /// The first of them that requires an answer to a question beginning so; the
    /// empty beginning takes any.
    pub(crate) fn opening(&self, shape: Shape, asks: &str) -> OpeningInfo {
        let found = self
            .openings(shape)
            .into_iter()
            .find(|opening| opening.required.iter().any(|label| label.starts_with(asks)));
        found.unwrap_or_else(|| panic!("no {shape:?} form asks {asks:?}"))
    }

    /// Prepares an application to an opening, to its review; gives its id.
    pub(crate) fn prepared(&self, opening: &OpeningInfo) -> String {
        let row = self.home.prepare_fully(&self.home.job(opening));
        row["id"].as_str().unwrap().to_owned()
    }

    /// How many requests delivered anything, anywhere.
    pub(crate) fn posts(&self) -> usize {
        self.employer.posts().len()
    }

    /// The applications an opening received.
    pub(crate) fn arrivals(&self, opening: &OpeningInfo) -> Vec<practice::Application> {
        let mut arrived = self.employer.applications();
        arrived.retain(|application| application.posting == opening.id);
        arrived
    }

    /// Approves, and asserts that exactly one arrival and a receipt come of it.
    pub(crate) fn sent_once(&self, id: &str, opening: &OpeningInfo) {
        let before = self.posts();
        let row = self.home.send(id).unwrap();
        assert_eq!(row.stage, "submitted", "{row:?}\n{}", self.home.stderr());
        let arrived = self.arrivals(opening);
        assert_eq!(arrived.len(), 1, "{arrived:?}");
        // The newer form brings each file to a store before it is sent.
        let files = match opening.shape {
            Shape::GreenhouseNew => arrived[0].files.len(),
            Shape::GreenhouseClassic | Shape::Lever => 0,
        };
        assert_eq!(self.posts(), before + files + 1);
        let receipts = self.home.detail(id).receipts;
        assert_eq!(receipts.len(), 1);
        assert_eq!(receipts[0].reference, arrived[0].reference);
    }
}

/// The path of an opening's form, as traps are set at.
pub(crate) fn path(opening: &OpeningInfo) -> &str {
    let (_, path) = opening.form_url.split_once("://").unwrap();
    &path[path.find('/').unwrap()..]
}

/// The machine-readable reason of a refusal.
pub(crate) fn reason_of<T: std::fmt::Debug>(answer: Result<T, Status>) -> String {
    reason::read(&answer.unwrap_err()).0
}

impl Home {
    /// Runs `agentctl`, which must fail with one clear line after the steps it told
    /// of; gives that line with the hints after it.
    pub(crate) fn fails(&self, args: &[&str]) -> String {
        let output = self.ctl(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "agentctl {args:?}\n{said}");
        let at = said.find("error: ");
        let error = at.and_then(|at| said.get(at..)).unwrap_or_default();
        assert!(
            (1..=3).contains(&error.lines().count()) && !error.contains("panicked"),
            "agentctl {args:?}\n{said}"
        );
        error.to_owned()
    }

    /// What waits for review, with what changed since the last one.
    pub(crate) fn review(&self, id: &str) -> v1::Review {
        let request = v1::QueueRequest { id: id.to_owned() };
        let queue = self.talk(|channel| async {
            ReviewsClient::new(channel)
                .max_decoding_message_size(MAX_MESSAGE_BYTES)
                .queue(request)
                .await
        });
        let mut reviews = queue.unwrap().into_inner().reviews;
        assert_eq!(reviews.len(), 1);
        reviews.remove(0)
    }

    /// Hands over anything in place of a signature.
    pub(crate) fn hand_over_raw(
        &self,
        id: &str,
        approval: Vec<u8>,
        signature: Vec<u8>,
    ) -> Result<ApplicationRow, Status> {
        let request = v1::ApproveRequest {
            id: id.to_owned(),
            approval,
            signature,
        };
        let answer =
            self.talk(|channel| async { ReviewsClient::new(channel).approve(request).await });
        answer.map(tonic::Response::into_inner)
    }

    /// Approves what waits and follows it to its end.
    pub(crate) fn send(&self, id: &str) -> Result<ApplicationRow, Status> {
        self.approve(id);
        self.follow_work(id, |_| {})
    }

    /// Follows the work on an application to its end, telling of each step.
    pub(crate) fn follow_work(
        &self,
        id: &str,
        told: impl FnMut(&str) + Send,
    ) -> Result<ApplicationRow, Status> {
        let request = v1::FollowRequest { id: id.to_owned() };
        self.talk(|channel| async {
            let steps = ApplicationsClient::new(channel).follow(request).await?;
            to_end(steps.into_inner(), told).await
        })
    }

    /// Prepares an application, telling of each step.
    pub(crate) fn prepare_work(
        &self,
        job: &str,
        told: impl FnMut(&str) + Send,
    ) -> Result<ApplicationRow, Status> {
        let request = v1::PrepareRequest {
            id: job.to_owned(),
            ..v1::PrepareRequest::default()
        };
        self.talk(|channel| async {
            let steps = ApplicationsClient::new(channel).prepare(request).await?;
            to_end(steps.into_inner(), told).await
        })
    }

    /// Changes one field of the review, by the beginning of its name.
    pub(crate) fn edit(
        &self,
        id: &str,
        field: &str,
        value: &str,
    ) -> Result<ApplicationRow, Status> {
        self.edit_all(id, &[(field, value)])
    }

    /// Changes several fields at once; the result waits for review.
    pub(crate) fn edit_all(
        &self,
        id: &str,
        changes: &[(&str, &str)],
    ) -> Result<ApplicationRow, Status> {
        let manifest = agent_approval::Manifest::decode(&self.manifest(id)).unwrap();
        let fields = &manifest.snapshots[0].fields;
        let edit = |(field, value): &(&str, &str)| {
            let at = fields
                .iter()
                .position(|there| there.name.starts_with(field))
                .unwrap_or_else(|| panic!("the form has no field {field:?}"));
            v1::FieldEdit {
                field: u32::try_from(at).unwrap(),
                values: vec![(*value).to_owned()],
                keep: false,
            }
        };
        let request = v1::EditRequest {
            id: id.to_owned(),
            edits: changes.iter().map(edit).collect(),
        };
        self.talk(|channel| async {
            let steps = ReviewsClient::new(channel).edit(request).await?;
            to_end(steps.into_inner(), |_| {}).await
        })
    }
}

async fn to_end(
    mut steps: Streaming<ApplicationProgress>,
    mut told: impl FnMut(&str) + Send,
) -> Result<ApplicationRow, Status> {
    let mut done = None;
    while let Some(step) = steps.message().await? {
        if !step.doing.is_empty() {
            told(&step.doing);
        }
        done = step.done.or(done);
    }
    done.ok_or_else(|| Status::internal("the work ended without a word"))
}
