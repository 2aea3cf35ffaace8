//! The composition root: from arguments to a serving daemon, and back down.

use std::{path::PathBuf, sync::Arc, time::Duration};

use agent_api::socket::{self, Bound, Incoming};
use agent_browser::{
    Browser, Chromium, ChromiumOptions, Mode, Waits,
    gate::{GateLog, Outlet},
};
use agent_models::BuiltIn;
use agent_portal::{
    broker::{Broker, BrokerOptions, Dialer, PageFolder, Route},
    host::{PluginHost, WorkerCommand},
    limits::Limits,
};
use agent_store::{Store, VectorSpace};
use anyhow::Context as _;
use sd_notify::NotifyState;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::{Mutex, watch},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    applications::{Desk, recovery, upkeep},
    clock, config, goals,
    handle::{Handle, Rooms},
    ledger, logging,
    manners::Remembered,
    models, notify,
    outlet::{Dialled, Noted},
    pipeline::{self, Conductor},
    plugins,
    practice::{self, Practice},
    retention, rpc, scheduler,
    service_manager::{self, Starting},
    tiers::{self, Origin, Tiers},
};

/// How long a stopping daemon waits for the step at hand.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long it waits for clients to read what was sent to them.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Bytes of the pages that are kept, so that what did not change is not sent again.
const PAGES: u64 = 256 << 20;

/// What a browser is made of, beside its own programs.
pub struct BrowserParts {
    /// What the configuration says of it.
    pub config: config::Browser,
    /// The mark of a practice home; `None` in every other.
    pub practice: Option<Practice>,
    /// Root of the home.
    pub home: PathBuf,
    /// The way out of its gate.
    pub outlet: Arc<dyn Outlet>,
    /// Where the gate writes down.
    pub log: Arc<dyn GateLog>,
}

/// Makes the browser forms are filled in.
pub type MakeBrowser = fn(BrowserParts) -> Arc<dyn Browser>;

/// Chromium, driven through chromedriver.
pub fn chromium(parts: BrowserParts) -> Arc<dyn Browser> {
    Arc::new(Chromium::new(ChromiumOptions {
        chromium: parts.config.chromium,
        chromedriver: parts.config.chromedriver,
        mode: match parts.practice {
            Some(_) => Mode::Practice,
            None => Mode::Ordinary,
        },
        outlet: parts.outlet,
        log: parts.log,
        waits: Waits::default(),
    }))
}

/// Runs the daemon in the foreground until it is told to stop.
pub fn run(home: Option<PathBuf>, browser: MakeBrowser) -> anyhow::Result<()> {
    let home = config::home(home)?;
    let (config, settings) = config::load(home.config_file())?;
    let practice = practice::read(&home.practice_file())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let _entered = runtime.enter();
    let starting = Starting::begin();
    // Before anything is written: a second daemon must leave no trace.
    let bound = socket::bind(&home).map_err(anyhow::Error::new)?;
    for dir in [
        home.log_dir(),
        home.cache_dir(),
        home.plugins_dir(),
        home.keys_dir(),
        home.browser_dir(),
        home.gate_dir(),
    ] {
        socket::private_dir(&dir)?;
    }
    let _log = logging::start(&home.log_dir(), &config.log)?;
    tracing::info!(version = agent_api::VERSION, home = %home.root().display(), practice = practice.is_some(), "starting");

    let store = Store::open(home.database())?;
    let shutdown = CancellationToken::new();
    let (tasks, writing) = (TaskTracker::new(), TaskTracker::new());
    let flush = CancellationToken::new();
    let egress = ledger::start(store.clone(), &writing, flush.clone());
    let options = BrokerOptions {
        pages: Some(PageFolder {
            path: home.cache_dir().join("pages"),
            bytes: PAGES,
        }),
        ..broker_options(&config, practice.as_ref())?
    };
    let browser = browser(BrowserParts {
        config: config.browser.clone(),
        practice: practice.clone(),
        home: home.root().to_owned(),
        outlet: Arc::new(Dialled(Dialer::new(&options.route))),
        log: Arc::new(Noted(egress.clone())),
    });
    let memory = Arc::new(Remembered::new(store.clone()));
    let broker = Broker::remembering(options, Arc::new(egress.clone()), memory)?;
    let program = std::env::current_exe().context("cannot find this program's own file")?;
    let worker = WorkerCommand {
        program: program.clone(),
        args: vec!["worker".into()],
    };
    let embedder = Arc::new(BuiltIn::new());
    let tiers = runtime.block_on(Tiers::load(
        &store,
        Origin {
            models: &config.models,
            server: config.models.server(config::ollama_host().as_deref()),
            practice: practice.is_some(),
            built_in: VectorSpace {
                name: embedder.space().name.clone(),
                dims: embedder.space().dims,
            },
            egress: egress.clone(),
        },
    ))?;
    let chat = models::Chat::new(models::Origin {
        models: &config.models,
        server: config.models.server(config::ollama_host().as_deref()),
        practice: practice.is_some(),
        root: home.root(),
        keys: &home.keys_dir(),
        egress: egress.clone(),
    })?;
    let handle = Handle::new(Rooms {
        practice: practice.is_some(),
        config,
        settings,
        program,
        store: store.clone(),
        plugins: PluginHost::new(
            worker,
            home.cache_dir().join("components"),
            Limits::default(),
        ),
        dropped: plugins::Looks::default(),
        broker,
        egress,
        embedder,
        tiers,
        chat,
        started: clock::now(),
        conductor: Conductor::default(),
        desk: Desk::new(browser),
        ranking: Mutex::new(()),
        news: watch::Sender::new(()),
        rescheduled: watch::Sender::new(()),
        shutdown: shutdown.clone(),
        tasks: tasks.clone(),
        home,
    });
    recovery::end_browsers(&handle).context("browsers of an earlier daemon may still run")?;
    runtime.block_on(async {
        stop_on_signals(&shutdown, &tasks)?;
        recovery::settle(&handle).await?;
        tasks.spawn(recover(handle.clone()));
        tasks.spawn(upkeep::run(handle.clone()));
        tasks.spawn(scheduler::run(handle.clone()));
        tasks.spawn(notify::run(handle.clone()));
        tasks.spawn(retention::run(handle.clone()));
        tasks.spawn(goals::run(handle.clone()));
        tasks.spawn(plugins::watch(handle.clone()));
        tasks.spawn(tiers::run(handle.clone()));
        let Bound {
            incoming,
            guard: _held_to_the_end,
        } = bound;
        service_manager::feed_watchdog(&handle.store, &shutdown, &tasks);
        let served = serve(handle, incoming, starting).await;
        shutdown.cancel();
        tracing::info!("stopping");
        service_manager::tell(NotifyState::Stopping);
        tasks.close();
        if tokio::time::timeout(PATIENCE, tasks.wait()).await.is_err() {
            tracing::warn!("a step did not end in time; it is repeated at the next start");
        }
        flush.cancel();
        writing.close();
        // Bounded: a store that cannot be written must not keep the daemon alive.
        let closed = tokio::time::timeout(PATIENCE, async {
            writing.wait().await;
            store.close().await;
        });
        if closed.await.is_err() {
            tracing::warn!("the database was not closed in time; the next start mends it");
        }
        served
    })?;
    tracing::info!("stopped");
    Ok(())
}

fn broker_options(
    config: &config::Config,
    practice: Option<&Practice>,
) -> anyhow::Result<BrokerOptions> {
    let contact = config
        .fetch
        .contact
        .as_deref()
        .map(|contact| format!(" (+{contact})"))
        .unwrap_or_default();
    let route = match practice {
        None => Route::Internet,
        Some(mark) => Route::Practice {
            address: mark.address,
            ca_pem: std::fs::read(&mark.ca).with_context(|| {
                format!("cannot read the practice authority {}", mark.ca.display())
            })?,
        },
    };
    let user_agent = format!("agentd/{}{contact}", agent_api::VERSION);
    Ok(BrokerOptions::new(user_agent, route))
}

/// SIGTERM and SIGINT end the daemon as `agentctl stop` does.
fn stop_on_signals(shutdown: &CancellationToken, tasks: &TaskTracker) -> anyhow::Result<()> {
    let (mut terminate, mut interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let shutdown = shutdown.clone();
    tasks.spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            () = shutdown.cancelled() => {}
        }
        shutdown.cancel();
    });
    Ok(())
}

async fn recover(handle: Handle) {
    if let Err(fault) = recovery::go_on(&handle).await {
        tracing::error!(%fault, "applications could not be taken up");
    }
    if let Err(fault) = pipeline::recover(&handle).await {
        tracing::error!(%fault, "unfinished work could not be taken up");
    }
}

/// Serves the socket until the daemon ends. Clients have a while to read their
/// last answers; one that does not read at all cannot keep the daemon.
async fn serve(handle: Handle, incoming: Incoming, starting: Starting) -> anyhow::Result<()> {
    let shutdown = handle.shutdown.clone();
    let router = rpc::router(handle).await;
    drop(starting);
    service_manager::tell(NotifyState::Ready);
    tracing::info!("ready");
    let serving = router.serve_with_incoming_shutdown(incoming, shutdown.clone().cancelled_owned());
    let patience = async {
        shutdown.cancelled().await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        served = serving => served.context("the socket failed"),
        () = patience => {
            tracing::warn!("a client did not take its last answer");
            Ok(())
        }
    }
}
