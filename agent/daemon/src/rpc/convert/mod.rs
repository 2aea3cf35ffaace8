//! Domain and store to protobuf. Only the files here see both.

mod applications;
mod clusters;
mod documents;
mod feedback;
mod goals;
mod jobs;
mod models;
mod notices;
mod plugins;
mod reports;
mod sync;
mod verdict;

use agent_api::v1;
use agent_core::{
    matching::SkillYears,
    profile::{Preferences, ProjectChange},
};
use agent_store::{EgressEntry, EgressTotal, Event};
use jiff::Timestamp;

pub(super) use self::{
    applications::{
        answer, answer_sheet, application_row, doubt, history, messages, pending, proof, receipt,
        review,
    },
    documents::{Part, document},
    feedback::{feedback_entry, rule, saved_search, similar},
    goals::goal,
    jobs::{Kept, added, hit, job_detail, job_row},
    models::{at_work, by_rules, chat, model_call, models, prompt, reading, upper, usage},
    notices::{notices, supervision},
    plugins::{checked_plugin, plugin},
    reports::{kept_report, learned},
    sync::{found_board, progress, source, source_check},
    verdict::{explanation, feedback_part, near_job},
};
use crate::{
    doctor::{Finding, Level},
    profile::Imported,
    variants::{self, Listed},
};

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn time(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp {
        seconds: at.as_second(),
        nanos: at.subsec_nanosecond(),
    }
}

pub(super) fn event(written: Event) -> v1::Event {
    let event = written.event;
    v1::Event {
        id: written.id.0,
        at: Some(time(event.at)),
        kind: event.kind,
        subject: event.subject,
        text: event.text,
        detail_json: event.detail.to_string(),
    }
}

pub(super) fn finding(finding: Finding) -> v1::Finding {
    let level = match finding.level {
        Level::Ok => v1::finding::Level::Ok,
        Level::Note => v1::finding::Level::Note,
        Level::Fault => v1::finding::Level::Fault,
    };
    v1::Finding {
        level: level.into(),
        check: finding.check.to_owned(),
        message: finding.message,
        hint: finding.hint,
    }
}

pub(super) fn imported(imported: Imported) -> v1::ImportResponse {
    let profile = imported.reading.profile;
    v1::ImportResponse {
        name: profile.name,
        headline: profile.headline.unwrap_or_default(),
        format: imported.format.to_owned(),
        positions: count(profile.work.len()),
        education: count(profile.education.len()),
        skills: imported.skills,
        years: imported.years,
        questions: imported.reading.questions,
        revision: imported.revision,
    }
}

pub(super) fn variant(listed: Listed) -> v1::CvVariant {
    v1::CvVariant {
        name: listed.name.to_string(),
        file_name: listed.file_name,
        imported: Some(time(listed.imported_at)),
        skills: listed.skills,
    }
}

pub(super) fn kept_variant(kept: variants::Kept) -> v1::ImportVariantResponse {
    v1::ImportVariantResponse {
        variant: Some(variant(kept.listed)),
        format: kept.format.to_owned(),
        questions: kept.questions,
    }
}

pub(super) fn preferences(prefs: &Preferences) -> v1::Preferences {
    let entries = Preferences::keys().iter().map(|key| v1::Preference {
        key: key.name.to_owned(),
        values: prefs.get(key.name),
        help: key.help.to_owned(),
        question: key.question.to_owned(),
        several: key.several,
    });
    v1::Preferences {
        entries: entries.collect(),
    }
}

pub(super) fn skill_years(counted: SkillYears) -> v1::SkillYears {
    v1::SkillYears {
        skill: counted.skill,
        years: counted.years,
    }
}

pub(super) fn project(said: v1::ProfileProject) -> ProjectChange {
    ProjectChange {
        name: said.name,
        new: said.new,
        description: said.description,
        start: said.start,
        end: said.end,
        technologies: said.technologies,
        achievements: said.achievements,
        figures: said.figures,
        links: said.links,
    }
}

pub(super) fn egress_total(total: EgressTotal) -> v1::EgressTotal {
    v1::EgressTotal {
        host: total.host,
        component: total.component,
        purpose: total.purpose,
        requests: total.requests,
        refused: total.refused,
        bytes_out: total.bytes_out,
        bytes_in: total.bytes_in,
        last: Some(time(total.last)),
    }
}

pub(super) fn egress_entry(written: EgressEntry) -> v1::EgressEntry {
    let entry = written.exchange;
    v1::EgressEntry {
        at: Some(time(entry.at)),
        component: entry.component,
        purpose: entry.purpose,
        method: entry.method,
        url: entry.url,
        status: entry.status.map(u32::from).unwrap_or_default(),
        bytes_out: entry.bytes_out,
        bytes_in: entry.bytes_in,
        refusal: entry.refusal.unwrap_or_default(),
    }
}
