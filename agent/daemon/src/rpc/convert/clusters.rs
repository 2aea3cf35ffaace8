//! Postings that are one opening.

use agent_api::v1;
use agent_store::{AlsoAt, ClusterMate};

use super::jobs::job_row;

pub(super) fn also_at(also: AlsoAt) -> v1::AlsoAt {
    v1::AlsoAt {
        id: also.job.to_string(),
        company: also.company,
        board: host(&also.board),
        agency: also.agency,
        closed: also.closed,
    }
}

pub(in crate::rpc) fn mate(mate: ClusterMate) -> v1::SameOpening {
    let mut same = v1::SameOpening {
        job: Some(job_row(mate.row)),
        board: host(&mate.board),
        agency: mate.agency,
        ..v1::SameOpening::default()
    };
    if let Some(link) = mate.link {
        same.rule = link.rule.name().to_owned();
        same.why = link.rule.words().to_owned();
        same.similarity = link.similarity;
        same.because = link.because;
    }
    same
}

/// The host of a board, or its address where it has none.
fn host(address: &str) -> String {
    let url = url::Url::parse(address).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    host.map_or(address, |host| host.strip_prefix("www.").unwrap_or(host))
        .to_owned()
}
