//! What a person does with applications: prepare, answer, sign. Signing is done
//! here as `agentctl review` does it, with the key of the home, but without a
//! terminal.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use agent_api::{
    client,
    paths::{Environment, Home as Paths},
    v1::{self, ApplicationDetail, ApplicationRow, JobRow},
};
use agent_approval::{Approval, Lifetime, ManifestDigest, Purpose, SecretKey, SignedApproval};
use practice::OpeningInfo;
use serde_json::Value;
use tonic::{Status, transport::Channel};

use super::{Home, PATIENCE, program};

/// What a person types where nothing is suggested and nothing can be chosen.
const ANSWER: &str = "Through a friend who works there";

/// Runs a future to its end from anywhere, also from within a runtime.
pub(crate) fn wire<T: Send>(work: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        let alone = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(work)
        });
        alone.join().unwrap()
    })
}

/// An example program of this package, such as the daemon with another browser.
pub(crate) fn example(name: &str) -> PathBuf {
    program(&format!("examples/{name}"))
}

impl Home {
    /// Starts another build of the daemon, an example of this package, and waits
    /// until it answers; says how long that took.
    pub(crate) fn start_example(&mut self, name: &str, environment: &[(&str, &str)]) -> Duration {
        let begun = Instant::now();
        self.spawn(&example(name), environment);
        self.until_ready(Duration::from_millis(2), Self::answers);
        begun.elapsed()
    }

    fn answers(&self) -> bool {
        let paths = self.paths();
        wire(async {
            let channel = client::connect(&paths).await.ok()?;
            let mut daemon = v1::daemon_client::DaemonClient::new(channel);
            daemon.status(v1::StatusRequest {}).await.ok()
        })
        .is_some()
    }

    pub(crate) fn paths(&self) -> Paths {
        Paths::at(self.path(), &Environment::of_process()).unwrap()
    }

    /// Talks to the daemon without a program between.
    pub(crate) fn talk<T: Send, F>(&self, talk: impl FnOnce(Channel) -> F + Send) -> T
    where
        F: Future<Output = T> + Send,
    {
        let paths = self.paths();
        wire(async {
            let channel = client::connect(&paths).await.unwrap();
            talk(channel).await
        })
    }

    /// Id of the job with this opening.
    pub(crate) fn job(&self, opening: &OpeningInfo) -> String {
        let job = self
            .jobs()
            .into_iter()
            .find(|job| job.url.contains(&opening.id));
        job.unwrap_or_else(|| panic!("{} is not listed", opening.form_url))
            .id
    }

    /// Every open job, also those that fail a constraint.
    pub(crate) fn jobs(&self) -> Vec<JobRow> {
        self.talk(|channel| async {
            let mut client = v1::jobs_client::JobsClient::new(channel)
                .max_decoding_message_size(agent_api::MAX_MESSAGE_BYTES);
            let mut request = v1::ListJobsRequest {
                page_size: 500,
                include_failed: true,
                ..v1::ListJobsRequest::default()
            };
            let mut jobs = Vec::new();
            loop {
                let page = client.list(request.clone()).await.unwrap().into_inner();
                jobs.extend(page.jobs);
                if page.next_page_token.is_empty() {
                    return jobs;
                }
                request.page_token = page.next_page_token;
            }
        })
    }

    /// Prepares an application as far as it goes; gives its row.
    pub(crate) fn prepare(&self, job: &str) -> Value {
        self.json(&["prepare", job])["done"].clone()
    }

    /// Prepares an application, answering what it asks; gives its row, which
    /// waits for approval.
    pub(crate) fn prepare_fully(&self, job: &str) -> Value {
        let mut row = self.prepare(job);
        if row["stage"] == "needs-input" {
            row = self.answer_all(row["id"].as_str().unwrap());
        }
        assert_eq!(row["stage"], "awaiting-approval", "{row}");
        row
    }

    /// Answers everything that is asked, as a person would: what is suggested, the
    /// first choice, a tick, a sentence. The answers are kept for other forms.
    pub(crate) fn answer_all(&self, id: &str) -> Value {
        let asked = self.json(&["answer", id]);
        let questions = asked["questions"].as_array().unwrap();
        let mut args = vec!["answer".to_owned(), id.to_owned(), "--keep".to_owned()];
        for question in questions {
            let text = |key: &str| question[key].as_str().unwrap().to_owned();
            let value = match question["options"][0].as_str() {
                _ if !text("suggestion").is_empty() => text("suggestion"),
                Some(first) => first.to_owned(),
                None if text("kind") == "checkbox" => "yes".to_owned(),
                None if question["required"] == false => String::new(),
                None => ANSWER.to_owned(),
            };
            args.push("--set".to_owned());
            args.push(format!("{}={value}", question["number"]));
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        self.json(&args)["done"].clone()
    }

    /// Everything known of an application.
    pub(crate) fn detail(&self, id: &str) -> ApplicationDetail {
        let request = v1::ShowApplicationRequest { id: id.to_owned() };
        let shown = self.talk(|channel| async {
            v1::applications_client::ApplicationsClient::new(channel)
                .max_decoding_message_size(agent_api::MAX_MESSAGE_BYTES)
                .show(request)
                .await
        });
        shown.unwrap().into_inner()
    }

    /// The name of its stage.
    pub(crate) fn stage(&self, id: &str) -> String {
        self.detail(id).row.unwrap().stage
    }

    /// Waits until it is at one of these stages; gives its row. The browser may
    /// wait long for a page, and once more for an answer.
    pub(crate) fn wait_stage(&self, id: &str, stages: &[&str]) -> Value {
        let begun = Instant::now();
        loop {
            let row = self.detail(id).row.unwrap();
            if stages.contains(&row.stage.as_str()) {
                return serde_json::to_value(row).unwrap();
            }
            assert!(
                begun.elapsed() < 2 * PATIENCE,
                "waited in vain for {stages:?}: {row:?}\n{}",
                self.stderr()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The bytes of what waits for approval.
    pub(crate) fn manifest(&self, id: &str) -> Vec<u8> {
        let request = v1::QueueRequest { id: id.to_owned() };
        let queue = self.talk(|channel| async {
            v1::reviews_client::ReviewsClient::new(channel)
                .max_decoding_message_size(agent_api::MAX_MESSAGE_BYTES)
                .queue(request)
                .await
        });
        let mut reviews = queue.unwrap().into_inner().reviews;
        assert_eq!(reviews.len(), 1);
        reviews.remove(0).manifest
    }

    /// The person's secret key.
    pub(crate) fn key(&self) -> SecretKey {
        let file = self.paths().secret_key_file();
        SecretKey::open(&std::fs::read_to_string(file).unwrap(), None).unwrap()
    }

    /// The person's signature under what waits for approval.
    pub(crate) fn sign(&self, id: &str) -> SignedApproval {
        let digest = ManifestDigest::of(&self.manifest(id));
        signed(&self.key(), digest, jiff::Timestamp::now().as_second())
    }

    /// Hands a signature over.
    pub(crate) fn hand_over(
        &self,
        id: &str,
        signed: &SignedApproval,
    ) -> Result<ApplicationRow, Status> {
        let request = v1::ApproveRequest {
            id: id.to_owned(),
            approval: signed.bytes.clone(),
            signature: signed.signature.to_vec(),
        };
        let answer = self.talk(|channel| async {
            v1::reviews_client::ReviewsClient::new(channel)
                .approve(request)
                .await
        });
        answer.map(tonic::Response::into_inner)
    }

    /// Signs what waits for approval and hands it over; the sending begins.
    pub(crate) fn approve(&self, id: &str) -> SignedApproval {
        let signed = self.sign(id);
        self.hand_over(id, &signed).unwrap();
        signed
    }
}

/// A signature with this key, made now, that holds as long as they do by default.
pub(crate) fn signed(key: &SecretKey, digest: ManifestDigest, now: i64) -> SignedApproval {
    let approval = Approval {
        purpose: Purpose::Submit,
        manifest: digest,
        signed_at: now,
        valid_until: now + i64::from(Lifetime::DEFAULT.seconds()),
        key: key.public().id(),
    };
    SignedApproval::sign(key, &approval).unwrap()
}
