//! Faults as gRPC statuses.

use agent_api::reason;
use tonic::{Code, Status};

use crate::fault::{Fault, Kind};

impl From<Fault> for Status {
    fn from(fault: Fault) -> Self {
        let code = match fault.kind {
            Kind::Invalid => Code::InvalidArgument,
            Kind::NotFound => Code::NotFound,
            Kind::Refused => Code::FailedPrecondition,
            Kind::Unavailable => Code::Unavailable,
            Kind::Exhausted => Code::ResourceExhausted,
            Kind::Internal => Code::Internal,
        };
        if fault.kind == Kind::Internal {
            tracing::error!(
                reason = fault.reason,
                message = fault.message,
                "a request failed"
            );
        }
        reason::status(code, fault.reason, &fault.message, &fault.hint)
    }
}

/// Any error that has words for the person, as a status.
pub(super) fn of(error: impl Into<Fault>) -> Status {
    error.into().into()
}
