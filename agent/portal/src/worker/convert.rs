//! From the contract's generated types to ours.

mod form;

pub(super) use form::recipe;

use agent_core::job::{Posting, StatedPay};

use super::contract as wit;
use super::contract::jobagent::portal::http::FetchError as GuestFetchError;
use super::contract::jobagent::portal::log::Level as GuestLevel;
use super::contract::jobagent::portal::types::{Capability, Reach as GuestReach};
use crate::error::PortalError;
use crate::fetch::FetchError;
use crate::frame::{StatedManifest, StatedPage};
use crate::host::{Board, LogLevel, Reach};

pub(super) fn manifest(manifest: wit::Manifest) -> StatedManifest {
    StatedManifest {
        discover: manifest.supports.contains(&Capability::Discover),
        detail: manifest.supports.contains(&Capability::Detail),
        form: manifest.supports.contains(&Capability::Form),
        id: manifest.id,
        version: manifest.version,
        description: manifest.description,
        hosts: manifest.hosts,
        form_hosts: manifest.form_hosts,
        reach: match manifest.reach {
            GuestReach::Portal => Reach::Portal,
            GuestReach::Employer => Reach::Employer,
            GuestReach::Any => Reach::Any,
        },
        terms: manifest.terms,
    }
}

pub(super) fn board(board: wit::Board) -> Board {
    Board {
        key: board.key,
        url: board.url,
        company: board.company,
    }
}

pub(super) fn guest_board(board: Board) -> wit::Board {
    wit::Board {
        key: board.key,
        url: board.url,
        company: board.company,
    }
}

pub(super) fn page(page: wit::Page) -> StatedPage {
    StatedPage {
        postings: page.postings.into_iter().map(posting).collect(),
        next: page.next,
        total: page.total,
        dropped: page.dropped,
    }
}

pub(super) fn posting(posting: wit::Posting) -> Posting {
    Posting {
        external_id: posting.external_id,
        url: posting.url,
        apply_url: posting.apply_url,
        title: posting.title,
        company: posting.company,
        locations: posting.locations,
        workplace: posting.workplace,
        description_html: posting.description_html,
        description_text: posting.description_text,
        pay: posting.pay.map(|pay| StatedPay {
            text: pay.text,
            min: pay.min.filter(|amount| amount.is_finite()),
            max: pay.max.filter(|amount| amount.is_finite()),
            currency: pay.currency,
            period: pay.period,
        }),
        employment: posting.employment,
        level: posting.level,
        department: posting.department,
        team: posting.team,
        language: posting.language,
        posted_at: posting.posted_at,
        closes_at: posting.closes_at,
        requisition_id: posting.requisition_id,
        group_id: posting.group_id,
        benefits: posting.benefits,
        industry: posting.industry,
        company_size: posting.company_size,
        agency: posting.agency,
    }
}

pub(super) fn portal_error(error: wit::PortalError) -> PortalError {
    match error {
        wit::PortalError::Gone(why) => PortalError::Gone(why),
        wit::PortalError::Blocked(why) => PortalError::Blocked(why),
        wit::PortalError::RateLimited(seconds) => PortalError::RateLimited(seconds),
        wit::PortalError::NeedsLogin => PortalError::NeedsLogin,
        wit::PortalError::Changed(what) => PortalError::Changed(what),
        wit::PortalError::Invalid(why) => PortalError::Invalid(why),
        wit::PortalError::Fetch(why) => PortalError::Fetch(why),
        wit::PortalError::Unsupported => PortalError::Unsupported,
    }
}

pub(super) fn fetch_error(error: FetchError) -> GuestFetchError {
    match error {
        FetchError::NotGranted { host } => GuestFetchError::NotGranted(host),
        FetchError::Refused { why } => GuestFetchError::Refused(why),
        blocked @ FetchError::Blocked { .. } => GuestFetchError::Refused(blocked.to_string()),
        FetchError::TooMuch { what } => GuestFetchError::TooMuch(what),
        FetchError::Wait { seconds } => GuestFetchError::Wait(seconds),
        FetchError::Failed { why } => GuestFetchError::Failed(why),
        FetchError::NoRecordedAnswer { request } => GuestFetchError::NoRecordedAnswer(request),
    }
}

pub(super) fn level(level: GuestLevel) -> LogLevel {
    match level {
        GuestLevel::Debug => LogLevel::Debug,
        GuestLevel::Info => LogLevel::Info,
        GuestLevel::Warn => LogLevel::Warn,
    }
}
