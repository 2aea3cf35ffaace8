//! Skills asked against skills held.

use std::collections::HashSet;

use super::{Rated, Signals, along, measure, reason};
use crate::{
    matching::{Evidence, EvidenceSource},
    skill::{self, Category, Need, SkillMatch},
};

/// Cosine of description and profile to 0–100, set by postings measured with
/// the built-in vectors: those of other professions lie at 0.3 to 0.5, those of
/// the own at 0.65 to 0.9.
const TEXT: &[(f64, f64)] = &[
    (0.35, 0.0),
    (0.50, 20.0),
    (0.60, 45.0),
    (0.70, 70.0),
    (0.85, 100.0),
];

/// Value assumed beside few skills when there is no text to compare.
const NEUTRAL: f64 = 40.0;

/// Weight of asked skills at which coverage and text count the same.
const HALF: f64 = 1.5;

/// How many names a reason lists.
const LISTED: usize = 8;

/// Coverage `c = Σ weight(held) / Σ weight(asked)`, where a required skill
/// weighs 1, one named 0.6 and one optional 0.3, and personal traits a fifth of
/// that. With the weight `w` of all asked skills, `value = k·100·c + (1−k)·text`
/// where `k = w / (w + 1.5)`: the fewer skills a posting names, the more the
/// likeness of the texts counts.
pub(super) fn rate(signals: &Signals) -> Rated {
    let text = signals.text.filter(|cosine| cosine.is_finite());
    if signals.held.is_empty() && text.is_none() {
        return Rated::unknown(
            "no skills were found in your profile",
            vec![measure("0 skills held")],
        );
    }
    let held: HashSet<&str> = signals
        .held
        .iter()
        .flat_map(|held| std::iter::once(held.skill.as_str()).chain(skill::implied(&held.skill)))
        .collect();
    let asked = distinct(&signals.asked);
    let (have, lack): (Vec<&SkillMatch>, Vec<&SkillMatch>) = asked
        .iter()
        .copied()
        .partition(|asked| held.contains(asked.skill.as_str()));
    let total: f64 = asked.iter().map(|asked| weight(asked)).sum();
    let covered: f64 = have.iter().map(|asked| weight(asked)).sum();
    let mut reasons = Vec::new();
    if let Some(matched) = named("you have", &have, signals) {
        reasons.push(matched);
    }
    if let Some(missing) = named("not found in your profile:", &lack, signals) {
        reasons.push(missing);
    }
    if total <= 0.0 {
        let Some(cosine) = text else {
            return Rated::unknown(
                "the posting names no skills",
                vec![measure("0 skills asked")],
            );
        };
        reasons.push(reason(
            "the posting names no skills; its text was compared with your profile",
            vec![measure(format!("similarity {cosine:.2}"))],
        ));
        return Rated {
            value: Some(along(TEXT, cosine)),
            reasons,
        };
    }
    let coverage = covered / total;
    let trust = total / (total + HALF);
    let beside = text.map_or(NEUTRAL, |cosine| along(TEXT, cosine));
    let numbers = match text {
        Some(cosine) => format!(
            "{:.0}% of weight {total:.1}, text similarity {cosine:.2}",
            coverage * 100.0
        ),
        None => format!("{:.0}% of weight {total:.1}", coverage * 100.0),
    };
    let counted = format!(
        "{} of {} skills asked for are held",
        have.len(),
        asked.len()
    );
    reasons.insert(0, reason(counted, vec![measure(numbers)]));
    Rated {
        value: Some(trust * 100.0 * coverage + (1.0 - trust) * beside),
        reasons,
    }
}

/// Each skill once, with its strongest need.
fn distinct(asked: &[SkillMatch]) -> Vec<&SkillMatch> {
    let mut distinct: Vec<&SkillMatch> = Vec::new();
    for found in asked {
        match distinct.iter_mut().find(|known| known.skill == found.skill) {
            Some(known) if found.need > known.need => *known = found,
            Some(_) => {}
            None => distinct.push(found),
        }
    }
    distinct
}

fn weight(asked: &SkillMatch) -> f64 {
    let need = match asked.need {
        Need::Required => 1.0,
        Need::Named => 0.6,
        Need::Optional => 0.3,
    };
    // Everybody asks for communication and teamwork: they tell jobs apart badly.
    if skill::category(&asked.skill) == Some(Category::Soft) {
        need * 0.2
    } else {
        need
    }
}

/// A reason that lists skills, the weightiest first, with the sentences of both sides.
fn named(
    opening: &str,
    skills: &[&SkillMatch],
    signals: &Signals,
) -> Option<crate::matching::Reason> {
    let mut sorted = skills.to_vec();
    sorted.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    sorted.truncate(LISTED);
    let first = sorted.first()?;
    let names: Vec<&str> = sorted.iter().map(|found| found.skill.as_str()).collect();
    let rest = skills.len() - sorted.len();
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    let mut evidence: Vec<Evidence> = Vec::new();
    for found in sorted.iter().take(3) {
        let quote = Evidence::new(EvidenceSource::Posting, &found.evidence);
        if !evidence.contains(&quote) {
            evidence.push(quote);
        }
    }
    if let Some(held) = signals.held.iter().find(|held| held.skill == first.skill) {
        evidence.push(Evidence::new(EvidenceSource::Profile, &held.evidence));
    }
    Some(reason(
        format!("{opening} {}{more}", names.join(", ")),
        evidence,
    ))
}
