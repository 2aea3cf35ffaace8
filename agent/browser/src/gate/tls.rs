//! TLS seen from outside: whole records, the version that was agreed, and
//! whether a client's record carries application data.
//!
//! Pure and total: any bytes are either records or refused. The formats are
//! those of RFC 8446 (TLS 1.3) and RFC 5246 (TLS 1.2).
#![deny(clippy::indexing_slicing)]

/// Content type of a handshake record.
const HANDSHAKE: u8 = 22;
/// Content type of application data, and in TLS 1.3 of everything enciphered.
const APPLICATION: u8 = 23;
/// Type, version and length.
const HEADER: usize = 5;
/// Longest content: 2^14 bytes and what TLS 1.2 lets a cipher add.
const LONGEST: usize = (1 << 14) + 2048;
/// A TLS 1.3 record has a type byte and a 16-byte tag besides its content.
const ADDED_BY_13: usize = 17;
/// The least a TLS 1.2 cipher adds: a 16-byte tag (ChaCha20-Poly1305).
const ADDED_BY_12: usize = 16;
/// The client's Finished, with an empty certificate before it, is no longer:
/// 4 + 48 bytes and 8, in at most two records' worth of overhead.
const LONGEST_FINISHED: usize = 125;
/// An alert has two bytes, a key update five; no request fits in so few.
const LONGEST_CONTROL: usize = 5 + ADDED_BY_13;
/// A ServerHello is a few hundred bytes; a longer one is not read.
const LONGEST_HELLO: usize = 16 * 1024;

/// Why a stream is not TLS that can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotTls {
    #[error("what was sent is not TLS")]
    Type,
    #[error("a TLS record is longer than the standard allows")]
    Length,
    #[error("application data came before the handshake")]
    Early,
}

/// A whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// Content type.
    pub(super) kind: u8,
    /// Header and content.
    pub(super) bytes: Vec<u8>,
}

impl Record {
    fn content(&self) -> &[u8] {
        self.bytes.get(HEADER..).unwrap_or_default()
    }
}

/// Cuts a stream into records.
#[derive(Debug, Default)]
pub(super) struct Records {
    pending: Vec<u8>,
    begun: bool,
}

impl Records {
    /// Takes what was read.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// The next whole record, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Record>, NotTls> {
        let Some(&kind) = self.pending.first() else {
            return Ok(None);
        };
        let known = (20..=APPLICATION).contains(&kind) && (self.begun || kind == HANDSHAKE);
        if !known || self.pending.get(1).is_some_and(|major| *major != 3) {
            return Err(NotTls::Type);
        }
        let Some(&[_, _, _, high, low]) = self.pending.first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        if length > LONGEST || (length == 0 && kind != APPLICATION) {
            return Err(NotTls::Length);
        }
        if self.pending.len() < HEADER + length {
            return Ok(None);
        }
        self.begun = true;
        let rest = self.pending.split_off(HEADER + length);
        let bytes = std::mem::replace(&mut self.pending, rest);
        Ok(Some(Record { kind, bytes }))
    }
}

/// What client and server agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// TLS 1.2 or older.
    Old,
    /// TLS 1.3.
    V13,
}

/// Reads the server's records up to its hello.
#[derive(Debug, Default)]
pub(super) struct ServerHello {
    handshake: Vec<u8>,
    version: Option<Version>,
}

impl ServerHello {
    /// Takes a record of the server; the version, once it is known.
    pub(super) fn take(&mut self, record: &Record) -> Option<Version> {
        if self.version.is_none()
            && record.kind == HANDSHAKE
            && self.handshake.len() < LONGEST_HELLO
        {
            self.handshake.extend_from_slice(record.content());
            self.version = agreed(&self.handshake);
        }
        self.version
    }
}

/// The version in a ServerHello (RFC 8446 §4.1.3), when it is there as a whole.
fn agreed(handshake: &[u8]) -> Option<Version> {
    let mut rest = Bytes(handshake);
    if rest.take(1)? != [2] {
        return None;
    }
    let length = rest.number(3)?;
    let mut hello = Bytes(rest.take(length)?);
    hello.take(2 + 32)?;
    let session = hello.number(1)?;
    hello.take(session)?;
    hello.take(2 + 1)?;
    let Some(length) = hello.number(2) else {
        return Some(Version::Old);
    };
    let mut extensions = Bytes(hello.take(length)?);
    while let (Some(kind), Some(length)) = (extensions.number(2), extensions.number(2)) {
        let content = extensions.take(length)?;
        if kind == 43 && content == [3, 4] {
            return Some(Version::V13);
        }
    }
    Some(Version::Old)
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        let bytes = self.take(bytes)?.iter();
        Some(bytes.fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }
}

/// What a record of the client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// Part of the handshake.
    Handshake,
    /// The last of the client's handshake.
    Finished,
    /// An alert or a key update.
    Control,
    /// Application data.
    Application {
        /// Bytes before they were enciphered; where the cipher is not known,
        /// the most that they can be.
        plain: u64,
    },
}

/// Tells the records of a client apart.
#[derive(Debug, Default)]
pub(super) struct Client {
    finished: bool,
    ciphered: bool,
}

impl Client {
    /// What `record` is, on a connection that agreed on `version`.
    pub(super) fn classify(
        &mut self,
        record: &Record,
        version: Option<Version>,
    ) -> Result<Sent, NotTls> {
        let length = record.content().len();
        if record.kind != APPLICATION {
            return Ok(self.classify_plain(record, version));
        }
        match version {
            None => Err(NotTls::Early),
            Some(Version::Old) if !self.finished => Err(NotTls::Early),
            Some(Version::V13) if !self.finished && length <= LONGEST_FINISHED => {
                self.finished = true;
                Ok(Sent::Finished)
            }
            Some(Version::V13) if self.finished && length <= LONGEST_CONTROL => Ok(Sent::Control),
            Some(Version::V13) => Ok(application(length, ADDED_BY_13)),
            Some(Version::Old) => Ok(application(length, ADDED_BY_12)),
        }
    }

    /// In TLS 1.2 the Finished is the handshake record after the change of cipher.
    fn classify_plain(&mut self, record: &Record, version: Option<Version>) -> Sent {
        match record.kind {
            20 => self.ciphered = true,
            21 => return Sent::Control,
            _ if self.ciphered && !self.finished && version == Some(Version::Old) => {
                self.finished = true;
                return Sent::Finished;
            }
            _ => {}
        }
        Sent::Handshake
    }
}

fn application(length: usize, added: usize) -> Sent {
    Sent::Application {
        plain: length.saturating_sub(added) as u64,
    }
}

#[cfg(test)]
mod tests;
