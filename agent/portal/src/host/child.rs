//! A worker process, as its parent sees it.

use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use async_trait::async_trait;
use rustix::process::Signal;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::call_clock::CallClock;
use super::failure::plugin_error;
use super::{LogLine, Setup};
use crate::error::PluginError;
use crate::fetch::{FetchError, FetchRequest, FetchResponse, Waited};
use crate::frame::{self, Answer, Failure, FrameError, Head, Order, Report};
use crate::limits::Limits;

/// How many times its processor time a compilation may take by the clock: other
/// programs keep a busy machine's processors meanwhile.
const BUSY: u32 = 6;

/// How much of a worker's error stream is kept, in bytes.
const STDERR: usize = 4096;
/// How long a guest whose time is up in a fetch may go on.
const PARTING: Duration = Duration::from_millis(200);
/// How much memory a worker's allocator keeps for its next call, in bytes; the
/// most it takes as a threshold.
const KEPT: &str = "33554432";
/// How much a pipe holds, in bytes: the most that Linux gives without asking.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// What a worker is started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Job {
    Compile,
    Session,
}

/// What a worker was doing when it was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Compiling,
    Running,
}

pub(super) struct Worker {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    stderr: JoinHandle<String>,
    limits: Limits,
    doing: Doing,
    loaded_in: Duration,
}

/// Why a worker is of no use any more.
#[derive(Debug)]
pub(super) enum Lost {
    /// Its pipe closed or carried something senseless.
    Frame(FrameError),
    /// It did not speak in time.
    Silent(Duration),
    /// It answered something else than asked.
    OutOfTurn,
}

/// A call that came to its end.
pub(super) struct Done {
    pub(super) result: Result<Answer, Failure>,
    pub(super) log: Vec<LogLine>,
    /// Time the guest took, its fetches aside.
    pub(super) took: Duration,
}

/// Answers the pages a guest asks for during a call.
#[async_trait]
pub(super) trait Answering: Send {
    async fn answer(&mut self, request: FetchRequest) -> Result<FetchResponse, FetchError>;

    /// Hears of a page the guest did not get, whoever cut it off.
    fn failed(&mut self, _error: &FetchError) {}

    /// Time its pages spent waiting for a host's turn.
    fn waited(&self) -> Waited;
}

impl Worker {
    pub(super) async fn start(setup: &Setup, job: Job) -> Result<Self, PluginError> {
        let command = &setup.command;
        let failed = |source| PluginError::WorkerStart {
            program: command.program.clone(),
            source,
        };
        let mut child = Command::new(&command.program)
            .args(&command.args)
            .env_clear()
            // What one page took is kept for the next: giving it back and asking
            // again costs more than reading the page.
            .env("MALLOC_TRIM_THRESHOLD_", KEPT)
            .env("MALLOC_MMAP_THRESHOLD_", KEPT)
            .current_dir("/")
            // A key pressed in the daemon's terminal is not meant for it.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let (Some(to), Some(from), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(failed(std::io::Error::other("it has no pipes")));
        };
        // A page passes in few turns of the two processes. Where it is refused,
        // it takes more.
        #[cfg(target_os = "linux")]
        let _ = (
            rustix::pipe::fcntl_setpipe_size(&to, PIPE),
            rustix::pipe::fcntl_setpipe_size(&from, PIPE),
        );
        let limits = setup.limits.clone();
        let cpu = match job {
            Job::Compile => limits.compile_cpu,
            Job::Session => limits.session_cpu,
        };
        let start = Order::Start {
            limits: limits.clone(),
            cpu_seconds: cpu.as_secs().max(1),
            cache: setup.cache.clone(),
        };
        let mut worker = Self {
            child,
            to,
            from: BufReader::new(from),
            stderr: tokio::spawn(keep_end(stderr)),
            limits,
            doing: Doing::Compiling,
            loaded_in: Duration::ZERO,
        };
        let deadline = Instant::now() + worker.limits.wall;
        match worker.send(&start, &[], deadline).await {
            Ok(()) => Ok(worker),
            Err(lost) => Err(worker.post_mortem(lost).await),
        }
    }

    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// How long loading the component took.
    pub(super) fn load_time(&self) -> Duration {
        self.loaded_in
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Hands the component over; the answer is what it imports.
    pub(super) async fn load(
        &mut self,
        component: &[u8],
    ) -> Result<Result<Vec<String>, PluginError>, Lost> {
        self.doing = Doing::Compiling;
        let start = Instant::now();
        // Its processor time is limited; this is for a machine that has none left.
        let deadline = start + self.limits.compile_cpu * BUSY + self.limits.grace;
        let (report, _) = self.exchange(&Order::Load, component, deadline).await?;
        self.loaded_in = start.elapsed();
        match report {
            Report::Loaded { imports } => {
                self.doing = Doing::Running;
                Ok(Ok(imports))
            }
            Report::NotLoaded(failure) => Ok(Err(plugin_error(failure, &self.limits, None))),
            Report::Fetch { .. } | Report::Done { .. } => Err(Lost::OutOfTurn),
        }
    }

    /// Runs a call to its end, answering the guest's fetches meanwhile.
    pub(super) async fn call(
        &mut self,
        order: &Order,
        fetches: &mut dyn Answering,
    ) -> Result<Done, Lost> {
        let clock = CallClock::start(self.limits.wall, fetches.waited());
        let (mut report, mut raw) = self.exchange(order, &[], clock.over()).await?;
        loop {
            let request = match report {
                Report::Done { result, log, took } => return Ok(Done { result, log, took }),
                Report::Loaded { .. } | Report::NotLoaded(_) => return Err(Lost::OutOfTurn),
                Report::Fetch { method, url } => FetchRequest {
                    method,
                    url,
                    body: raw,
                },
            };
            let known = clock.waited();
            let answer = clock
                .within(fetches.answer(request))
                .await
                .unwrap_or_else(|| {
                    Err(FetchError::TooMuch {
                        what: "time of this call".to_owned(),
                    })
                })
                .and_then(|response| self.fitting(response));
            let (head, body) = match answer {
                Ok(response) => {
                    let FetchResponse {
                        status,
                        url,
                        content_type,
                        body,
                    } = response;
                    let head = Head {
                        status,
                        url,
                        content_type,
                    };
                    (Ok(head), body)
                }
                Err(error) => {
                    fetches.failed(&error);
                    (Err(error), Vec::new())
                }
            };
            let fetched = Order::Fetched {
                answer: head,
                waited: clock.waited().saturating_sub(known),
            };
            // A guest whose page was cut off may say so.
            let deadline = clock.over().max(Instant::now() + PARTING);
            (report, raw) = self.exchange(&fetched, &body, deadline).await?;
        }
    }

    fn fitting(&self, response: FetchResponse) -> Result<FetchResponse, FetchError> {
        let limit = self.limits.response_bytes;
        if response.body.len() > limit {
            return Err(FetchError::TooMuch {
                what: format!("{limit} bytes in one page"),
            });
        }
        Ok(response)
    }

    /// Lets the process end by itself, or ends it.
    pub(super) async fn close(self) {
        let Self {
            mut child,
            to,
            limits,
            ..
        } = self;
        drop(to);
        if timeout(limits.grace, child.wait()).await.is_err() {
            // It may have ended just now; either way it is gone.
            let _ = child.kill().await;
        }
    }

    /// What became of a worker that was lost.
    pub(super) async fn post_mortem(mut self, lost: Lost) -> PluginError {
        let how = match lost {
            Lost::Silent(after) => {
                let _ = self.child.kill().await;
                return match self.doing {
                    Doing::Compiling => compile_limit(format!("{after:?}")),
                    Doing::Running => PluginError::TimedOut {
                        after: self.limits.wall,
                    },
                };
            }
            Lost::OutOfTurn => Some("answered something else than it was asked".to_owned()),
            Lost::Frame(FrameError::Closed | FrameError::Io(_)) => None,
            Lost::Frame(error @ (FrameError::TooLong { .. } | FrameError::Senseless(_))) => {
                Some(error.to_string())
            }
        };
        if how.is_some() {
            let _ = self.child.kill().await;
        }
        let status = match timeout(self.limits.grace, self.child.wait()).await {
            Ok(Ok(status)) => Some(status),
            Ok(Err(_)) | Err(_) => {
                let _ = self.child.kill().await;
                None
            }
        };
        if let (None, Doing::Compiling, Some(status)) = (&how, self.doing, status)
            && let Some(limit) = self.limit_of_compiling(status)
        {
            return compile_limit(limit);
        }
        if status.and_then(|status| status.signal()) == Some(Signal::XCPU.as_raw()) {
            return PluginError::ComputedTooLong {
                limit: self.limits.call_cpu,
            };
        }
        let stderr = timeout(self.limits.grace, &mut self.stderr)
            .await
            .ok()
            .and_then(Result::ok)
            .unwrap_or_default();
        PluginError::WorkerDied {
            how: how.unwrap_or_else(|| match status {
                Some(status) => format!("ended ({status})"),
                None => "closed its output".to_owned(),
            }),
            stderr,
        }
    }

    /// The limit a compiling worker died of. Out of memory, the allocator
    /// aborts it.
    fn limit_of_compiling(&self, status: ExitStatus) -> Option<String> {
        let signal = status.signal()?;
        let is = |other: Signal| signal == other.as_raw();
        if is(Signal::XCPU) || is(Signal::KILL) {
            Some(format!("{:?} of processor time", self.limits.compile_cpu))
        } else if is(Signal::ABORT) || is(Signal::SEGV) || is(Signal::BUS) {
            let mebibytes = self.limits.process_memory >> 20;
            Some(format!("{mebibytes} MiB of memory"))
        } else {
            None
        }
    }

    async fn send(&mut self, order: &Order, raw: &[u8], deadline: Instant) -> Result<(), Lost> {
        match timeout_at(deadline, sent(&mut self.to, order, raw)).await {
            Ok(sent) => sent.map_err(Lost::Frame),
            Err(_) => Err(self.silent()),
        }
    }

    /// Sends an order and waits for the report. It listens while it sends: a
    /// process that talks instead of reading must not block both sides.
    async fn exchange(
        &mut self,
        order: &Order,
        raw: &[u8],
        deadline: Instant,
    ) -> Result<(Report, Vec<u8>), Lost> {
        let limit = self.limits.frame_bytes();
        let both = async {
            let received = frame::receive(&mut self.from, limit);
            let ((), report) = tokio::try_join!(sent(&mut self.to, order, raw), received)?;
            Ok(report)
        };
        match timeout_at(deadline, both).await {
            Ok(report) => report.map_err(Lost::Frame),
            Err(_) => Err(self.silent()),
        }
    }

    fn silent(&self) -> Lost {
        Lost::Silent(match self.doing {
            Doing::Compiling => self.limits.compile_cpu * BUSY,
            Doing::Running => self.limits.wall,
        })
    }
}

async fn sent(to: &mut ChildStdin, order: &Order, raw: &[u8]) -> Result<(), FrameError> {
    to.write_all(&frame::encode(order, raw)?).await?;
    to.write_all(raw).await?;
    to.flush().await?;
    Ok(())
}

fn compile_limit(limit: String) -> PluginError {
    PluginError::CompileLimit { limit }
}

/// Reads an error stream to its end and keeps the last of it.
async fn keep_end(mut stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; 1024];
    while let Ok(read) = stderr.read(&mut piece).await {
        if read == 0 {
            break;
        }
        kept.extend(piece.iter().take(read));
        let surplus = kept.len().saturating_sub(STDERR);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}
