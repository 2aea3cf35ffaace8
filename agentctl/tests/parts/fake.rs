//! A daemon's socket served by the test: it keeps a queue of manifests and all
//! that it was asked to do.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use agent_api::paths::{Environment, Home};
use agent_api::socket::{Bound, bind};
use agent_api::v1::answers_server::{Answers, AnswersServer};
use agent_api::v1::applications_server::{Applications, ApplicationsServer};
use agent_api::v1::daemon_server::{Daemon, DaemonServer};
use agent_api::v1::keys_server::{Keys, KeysServer};
use agent_api::v1::profile_server::{Profile, ProfileServer};
use agent_api::v1::reviews_server::{Reviews, ReviewsServer};
use agent_api::v1::*;
use agent_api::{PROTOCOL, Timestamp, VERSION};
use agent_approval::{
    Action, Field, FieldKind, FormSnapshot, KeyChain, Manifest, Nonce, PluginRef, PublicKey,
    Release, ReleaseKind, SecretKey, Sha256, SignedRotation, Source, Value,
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio_stream::Stream;
use tonic::transport::Server;
use tonic::{Request, Response, Status};

type Answered<T> = Result<Response<T>, Status>;
type Steps = Pin<Box<dyn Stream<Item = Result<ApplicationProgress, Status>> + Send>>;

/// What the daemon knows, and what it was asked.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) waiting: Vec<Manifest>,
    pub(crate) approved: Vec<ApproveRequest>,
    pub(crate) discarded: Vec<DiscardRequest>,
    pub(crate) edited: Vec<EditRequest>,
    pub(crate) given: Vec<GiveRequest>,
    /// What the first of the queue asks.
    pub(crate) questions: Vec<PendingQuestion>,
}

#[derive(Clone)]
struct Fake {
    home: Home,
    state: Arc<Mutex<State>>,
    gate: Arc<Semaphore>,
}

pub(crate) struct Served {
    pub(crate) home: Home,
    pub(crate) key: SecretKey,
    pub(crate) state: Arc<Mutex<State>>,
    /// The queue is answered once it has a permit.
    pub(crate) gate: Arc<Semaphore>,
    _dir: TempDir,
    _runtime: Runtime,
}

impl Served {
    /// Serves a home with a plain key and these manifests in the queue.
    pub(crate) fn new(waiting: Vec<Manifest>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path(), &Environment::default()).unwrap();
        let key = SecretKey::from_random(&[7; 32]);
        std::fs::create_dir_all(home.keys_dir()).unwrap();
        std::fs::write(
            home.secret_key_file(),
            key.to_plain_file().unwrap().as_bytes(),
        )
        .unwrap();
        std::fs::write(home.public_key_file(), key.public().to_line()).unwrap();
        let state = Arc::new(Mutex::new(State {
            waiting,
            ..State::default()
        }));
        let gate = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        let fake = Fake {
            home: home.clone(),
            state: Arc::clone(&state),
            gate: Arc::clone(&gate),
        };
        Self {
            _runtime: serve(&home, fake),
            home,
            key,
            state,
            gate,
            _dir: dir,
        }
    }
}

fn serve(home: &Home, fake: Fake) -> Runtime {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let entered = runtime.enter();
    let Bound { incoming, guard } = bind(home).unwrap();
    drop(entered);
    runtime.spawn(async move {
        let _guard = guard;
        Server::builder()
            .add_service(DaemonServer::new(fake.clone()))
            .add_service(ReviewsServer::new(fake.clone()))
            .add_service(AnswersServer::new(fake.clone()))
            .add_service(ProfileServer::new(fake.clone()))
            .add_service(ApplicationsServer::new(fake.clone()))
            .add_service(KeysServer::new(fake))
            .serve_with_incoming(incoming)
            .await
            .unwrap();
    });
    runtime
}

/// A small form; `number` tells its application, `answer` is what it would send.
pub(crate) fn manifest(number: u8, answer: &str) -> Manifest {
    let origin = "https://boards.example.com".to_owned();
    let path = format!("/kranich/jobs/{number}");
    let action = Action {
        method: "POST".to_owned(),
        origin: origin.clone(),
        path: path.clone(),
    };
    Manifest {
        version: Manifest::VERSION,
        application: format!("{number:02x}").repeat(16),
        opening: format!("kranich/{number}"),
        employer: "Kranich".to_owned(),
        title: format!("Engineer {number}"),
        posting_url: format!("{origin}{path}"),
        plugin: PluginRef {
            id: "example".to_owned(),
            version: "0.1.0".to_owned(),
            sha256: Sha256::of(b"plugin"),
        },
        profile_revision: 1,
        nonce: Nonce::from_bytes([number; 16]),
        snapshots: vec![FormSnapshot {
            origin: origin.clone(),
            path: path.clone(),
            query: Vec::new(),
            action,
            fields: vec![Field {
                name: "Why here?".to_owned(),
                role: "textbox".to_owned(),
                kind: FieldKind::Text,
                required: true,
                options: Vec::new(),
                value: Value::Text(answer.to_owned()),
                source: Source::Drafted,
            }],
            files: Vec::new(),
            pinned: Vec::new(),
            volatile: Vec::new(),
        }],
        releases: vec![Release {
            kind: ReleaseKind::Submit,
            method: "POST".to_owned(),
            origin,
            path,
            path_prefix: false,
        }],
    }
}

fn row(manifest: &Manifest, stage: &str) -> ApplicationRow {
    ApplicationRow {
        id: manifest.application.clone(),
        short_id: manifest.application[..4].to_owned(),
        title: manifest.title.clone(),
        employer: manifest.employer.clone(),
        stage: stage.to_owned(),
        ..ApplicationRow::default()
    }
}

fn steps(done: ApplicationRow) -> Steps {
    let doing = ApplicationProgress {
        doing: "working".to_owned(),
        done: None,
    };
    let done = ApplicationProgress {
        doing: String::new(),
        done: Some(done),
    };
    Box::pin(tokio_stream::iter([Ok(doing), Ok(done)]))
}

impl Fake {
    fn find(&self, id: &str) -> Result<Manifest, Status> {
        let state = self.state.lock().unwrap();
        let mut waiting = state.waiting.iter();
        waiting
            .find(|manifest| manifest.application == id)
            .cloned()
            .ok_or_else(|| Status::not_found("no such application"))
    }
}

#[tonic::async_trait]
impl Daemon for Fake {
    async fn status(&self, _: Request<StatusRequest>) -> Answered<StatusResponse> {
        Ok(Response::new(StatusResponse {
            version: VERSION.to_owned(),
            protocol: PROTOCOL,
            practice: true,
            ..StatusResponse::default()
        }))
    }

    async fn doctor(&self, _: Request<DoctorRequest>) -> Answered<DoctorResponse> {
        Err(Status::unimplemented(""))
    }

    type WatchStream = Pin<Box<dyn Stream<Item = Result<Event, Status>> + Send>>;

    async fn watch(&self, _: Request<WatchRequest>) -> Answered<Self::WatchStream> {
        Err(Status::unimplemented(""))
    }

    async fn inbox(&self, _: Request<InboxRequest>) -> Answered<InboxResponse> {
        Err(Status::unimplemented(""))
    }

    async fn pause(&self, _: Request<PauseRequest>) -> Answered<PauseResponse> {
        Err(Status::unimplemented(""))
    }

    async fn unpause(&self, _: Request<PauseRequest>) -> Answered<PauseResponse> {
        Err(Status::unimplemented(""))
    }

    async fn shutdown(&self, _: Request<ShutdownRequest>) -> Answered<ShutdownResponse> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Reviews for Fake {
    async fn queue(&self, request: Request<QueueRequest>) -> Answered<QueueResponse> {
        let _permit = self.gate.acquire().await.unwrap();
        let id = request.into_inner().id;
        let state = self.state.lock().unwrap();
        let reviews = state
            .waiting
            .iter()
            .filter(|manifest| id.is_empty() || manifest.application == id)
            .map(|manifest| Review {
                row: Some(row(manifest, "awaiting-approval")),
                manifest: manifest.encode().unwrap(),
                ..Review::default()
            });
        Ok(Response::new(QueueResponse {
            reviews: reviews.collect(),
        }))
    }

    async fn approve(&self, request: Request<ApproveRequest>) -> Answered<ApplicationRow> {
        let request = request.into_inner();
        let manifest = self.find(&request.id)?;
        self.state.lock().unwrap().approved.push(request);
        Ok(Response::new(row(&manifest, "approved")))
    }

    type EditStream = Steps;

    async fn edit(&self, request: Request<EditRequest>) -> Answered<Steps> {
        let request = request.into_inner();
        let done = row(&self.find(&request.id)?, "awaiting-approval");
        let mut state = self.state.lock().unwrap();
        for manifest in &mut state.waiting {
            if manifest.application == request.id {
                manifest.snapshots[0].fields[0].value =
                    Value::Text(request.edits[0].values[0].clone());
            }
        }
        state.edited.push(request);
        Ok(Response::new(steps(done)))
    }
}

#[tonic::async_trait]
impl Applications for Fake {
    type PrepareStream = Steps;

    async fn prepare(&self, request: Request<PrepareRequest>) -> Answered<Steps> {
        let manifest = self.find(&request.into_inner().id)?;
        Ok(Response::new(steps(row(&manifest, "awaiting-approval"))))
    }

    type FollowStream = Steps;

    async fn follow(&self, request: Request<FollowRequest>) -> Answered<Steps> {
        let manifest = self.find(&request.into_inner().id)?;
        Ok(Response::new(steps(row(&manifest, "submitted"))))
    }

    async fn by_hand(&self, _: Request<ByHandRequest>) -> Answered<AnswerSheet> {
        Err(Status::unimplemented(""))
    }

    async fn list(
        &self,
        _: Request<ListApplicationsRequest>,
    ) -> Answered<ListApplicationsResponse> {
        let state = self.state.lock().unwrap();
        let waiting = state.waiting.iter();
        Ok(Response::new(ListApplicationsResponse {
            applications: waiting
                .map(|manifest| row(manifest, "needs-input"))
                .collect(),
            ..ListApplicationsResponse::default()
        }))
    }

    async fn show(&self, request: Request<ShowApplicationRequest>) -> Answered<ApplicationDetail> {
        let manifest = self.find(&request.into_inner().id)?;
        Ok(Response::new(ApplicationDetail {
            row: Some(row(&manifest, "submitted")),
            receipts: vec![Receipt {
                at: Some(Timestamp::default()),
                reference: "REF-20817".to_owned(),
                ..Receipt::default()
            }],
            ..ApplicationDetail::default()
        }))
    }

    async fn discard(&self, request: Request<DiscardRequest>) -> Answered<ApplicationRow> {
        let request = request.into_inner();
        let manifest = self.find(&request.id)?;
        self.state.lock().unwrap().discarded.push(request);
        Ok(Response::new(row(&manifest, "discarded")))
    }

    async fn settle(&self, _: Request<SettleRequest>) -> Answered<ApplicationRow> {
        Err(Status::unimplemented(""))
    }

    async fn add(&self, _: Request<AddApplicationRequest>) -> Answered<ApplicationRow> {
        Err(Status::unimplemented(""))
    }

    async fn proofs(&self, _: Request<ProofsRequest>) -> Answered<ProofsResponse> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Keys for Fake {
    /// Pins the first key and follows the rotations, as the daemon does.
    async fn status(&self, _: Request<KeyStatusRequest>) -> Answered<KeyStatusResponse> {
        let home = &self.home;
        if !home.pinned_key_file().exists() {
            std::fs::copy(home.public_key_file(), home.pinned_key_file()).unwrap();
        }
        let first = std::fs::read_to_string(home.pinned_key_file()).unwrap();
        let first = PublicKey::from_line(&first).unwrap();
        let mut rotations = Vec::new();
        while let Ok(line) = std::fs::read_to_string(
            home.rotations_dir()
                .join(format!("{:04}", rotations.len() + 1)),
        ) {
            rotations.push(SignedRotation::from_line(&line).unwrap());
        }
        let chain = KeyChain::follow(first, &rotations).unwrap();
        Ok(Response::new(KeyStatusResponse {
            pinned: true,
            key_id: chain.current().id().to_string(),
            rotations: u32::try_from(rotations.len()).unwrap(),
            returned: 2,
            fault: String::new(),
        }))
    }
}

#[tonic::async_trait]
impl Answers for Fake {
    async fn pending(&self, request: Request<PendingRequest>) -> Answered<PendingResponse> {
        let manifest = self.find(&request.into_inner().id)?;
        Ok(Response::new(PendingResponse {
            row: Some(row(&manifest, "needs-input")),
            questions: self.state.lock().unwrap().questions.clone(),
        }))
    }

    type GiveStream = Steps;

    async fn give(&self, request: Request<GiveRequest>) -> Answered<Steps> {
        let request = request.into_inner();
        let done = row(&self.find(&request.id)?, "awaiting-approval");
        self.state.lock().unwrap().given.push(request);
        Ok(Response::new(steps(done)))
    }

    async fn list(&self, _: Request<ListAnswersRequest>) -> Answered<ListAnswersResponse> {
        Err(Status::unimplemented(""))
    }

    async fn edit(&self, _: Request<EditAnswerRequest>) -> Answered<Answer> {
        Err(Status::unimplemented(""))
    }

    async fn remove(&self, _: Request<RemoveAnswerRequest>) -> Answered<RemoveAnswerResponse> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Profile for Fake {
    async fn import(&self, _: Request<ImportRequest>) -> Answered<ImportResponse> {
        Ok(Response::new(ImportResponse {
            name: "Ada Example".to_owned(),
            revision: 1,
            ..ImportResponse::default()
        }))
    }

    async fn show(&self, _: Request<ShowProfileRequest>) -> Answered<ShowProfileResponse> {
        Err(Status::unimplemented(""))
    }

    async fn edit(&self, _: Request<EditProfileRequest>) -> Answered<ShowProfileResponse> {
        Err(Status::unimplemented(""))
    }

    async fn import_variant(
        &self,
        _: Request<ImportVariantRequest>,
    ) -> Answered<ImportVariantResponse> {
        Err(Status::unimplemented(""))
    }

    async fn list_variants(
        &self,
        _: Request<ListVariantsRequest>,
    ) -> Answered<ListVariantsResponse> {
        Err(Status::unimplemented(""))
    }

    async fn remove_variant(
        &self,
        _: Request<RemoveVariantRequest>,
    ) -> Answered<ListVariantsResponse> {
        Err(Status::unimplemented(""))
    }

    async fn set_alias(
        &self,
        _: Request<agent_api::v1::SetAliasRequest>,
    ) -> Answered<agent_api::v1::SetAliasResponse> {
        Err(Status::unimplemented(""))
    }

    async fn remove_alias(
        &self,
        _: Request<agent_api::v1::RemoveAliasRequest>,
    ) -> Answered<agent_api::v1::RemoveAliasResponse> {
        Err(Status::unimplemented(""))
    }

    async fn list_aliases(
        &self,
        _: Request<agent_api::v1::ListAliasesRequest>,
    ) -> Answered<agent_api::v1::ListAliasesResponse> {
        Err(Status::unimplemented(""))
    }

    async fn get_preferences(&self, _: Request<GetPreferencesRequest>) -> Answered<Preferences> {
        Err(Status::unimplemented(""))
    }

    async fn set_preferences(&self, _: Request<SetPreferencesRequest>) -> Answered<Preferences> {
        Err(Status::unimplemented(""))
    }
}
