//! An answer that comes line by line. It may take as long as it flows; what ends it
//! is silence, a trickle, or more bytes than any answer has.
#![deny(clippy::indexing_slicing)]

use std::time::Duration;

use reqwest::Response;
use tokio::time::Instant;

use super::{Noted, Wire};
use crate::ServerError;

/// How an answer must flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    /// Until its first line: the server may have to load the model and read the
    /// question first.
    pub(crate) first: Duration,
    /// Between two lines.
    pub(crate) gap: Duration,
    /// The most bytes of a line.
    pub(crate) line: usize,
    /// The most bytes of all.
    pub(crate) all: usize,
}

/// A stretch of time in which a flowing answer must bring some lines.
const STRETCH: Duration = Duration::from_secs(60);

/// Fewer lines than this in a stretch are a trickle: a usual answer would take half an
/// hour.
const TRICKLE: u32 = 12;

/// The lines of one answer.
pub(crate) struct Lines<'a> {
    wire: &'a Wire,
    noted: Noted,
    response: Response,
    pace: Pace,
    buffer: Vec<u8>,
    started: bool,
    ended: bool,
    /// When the last line came.
    last: Instant,
    stretch: (Instant, u32),
}

impl<'a> Lines<'a> {
    pub(super) fn new(wire: &'a Wire, noted: Noted, response: Response, pace: Pace) -> Self {
        let now = Instant::now();
        Self {
            wire,
            noted,
            response,
            pace,
            buffer: Vec::new(),
            started: false,
            ended: false,
            last: now,
            stretch: (now, 0),
        }
    }

    /// Status of the answer.
    pub(crate) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// What an answer with the status of an error means; reads what it says.
    pub(crate) async fn refusal(mut self) -> ServerError {
        let status = self.status();
        let mut body = Vec::new();
        while body.len() < self.pace.line {
            match self.next().await {
                Ok(Some(line)) => body.extend(line),
                Ok(None) | Err(_) => break,
            }
        }
        let refused = self.wire.refused(status, &body);
        self.noted.exchange.failure = Some(refused.to_string());
        refused
    }

    /// The next line, without its end; `None` after the last. A last line without an
    /// end counts.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<u8>>, ServerError> {
        let line = self.read().await;
        self.noted.failed(line)
    }

    async fn read(&mut self) -> Result<Option<Vec<u8>>, ServerError> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
                while line.last().is_some_and(u8::is_ascii_whitespace) {
                    line.pop();
                }
                if line.is_empty() {
                    continue;
                }
                self.came()?;
                return Ok(Some(line));
            }
            if self.ended {
                let line = std::mem::take(&mut self.buffer);
                return Ok(Some(line).filter(|line| !line.trim_ascii().is_empty()));
            }
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> Result<(), ServerError> {
        let within = if self.started {
            self.pace.gap
        } else {
            self.pace.first
        };
        // From the last whole line: bytes that make no line are no sign of life.
        let until = self.last + within;
        let chunk = match tokio::time::timeout_at(until, self.response.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| self.wire.failure(error))?,
            Err(_) => return Err(self.wire.silent(within)),
        };
        let Some(chunk) = chunk else {
            self.ended = true;
            return Ok(());
        };
        let read = &mut self.noted.exchange.bytes_in;
        *read += chunk.len() as u64;
        let too_many = *read > self.pace.all as u64;
        self.buffer.extend_from_slice(&chunk);
        let longest = self
            .buffer
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::len)
            .max();
        if too_many || longest.is_some_and(|longest| longest > self.pace.line) {
            return Err(self.wire.unreadable("it is larger than any answer"));
        }
        Ok(())
    }

    /// A line came: was the stretch up to it more than a trickle?
    fn came(&mut self) -> Result<(), ServerError> {
        let now = Instant::now();
        self.last = now;
        if !self.started {
            self.started = true;
            self.stretch = (now, 0);
            return Ok(());
        }
        let (since, lines) = &mut self.stretch;
        *lines += 1;
        let within = now.duration_since(*since);
        if within < STRETCH {
            return Ok(());
        }
        let tokens = *lines;
        self.stretch = (now, 0);
        if tokens < TRICKLE {
            return Err(ServerError::Slow {
                host: self.wire.host.to_string(),
                tokens,
                within,
            });
        }
        Ok(())
    }
}
