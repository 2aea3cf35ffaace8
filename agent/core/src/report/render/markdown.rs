//! Reports as Markdown.

use std::fmt::Write as _;

use super::{METHOD, hours, needs, percent, score};
use crate::{
    report::{About, LearningPath, Posting, Report, SkillGap},
    text,
};

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = match report {
        Report::SkillGap(gap) => write_gap(&mut out, gap),
        Report::LearningPath(path) => write_path(&mut out, path),
    };
    out
}

type Written = Result<(), std::fmt::Error>;

fn write_gap(out: &mut String, gap: &SkillGap) -> Written {
    head(out, "Skill gap", &gap.sentence(), &gap.about)?;
    writeln!(out, "## What is missing\n")?;
    if gap.missing.is_empty() {
        writeln!(
            out,
            "Nothing that is asked for near your work is missing.\n"
        )?;
    } else {
        writeln!(out, "| Skill | Unlocks | Demand | Asked as | Hours | |")?;
        writeln!(out, "|---|---:|---:|---|---:|---|")?;
        for skill in &gap.missing {
            let since = skill
                .learning_since
                .map(|day| format!("learning since {day}"));
            let near = skill
                .near
                .as_ref()
                .map(|near| format!("near {}", plain(near)));
            let notes: Vec<String> = since.into_iter().chain(near).collect();
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                plain(&skill.skill),
                skill.unlocks,
                percent(skill.demand.share),
                needs(&skill.demand),
                hours(skill.hours),
                notes.join(", ")
            )?;
        }
        writeln!(out)?;
    }
    if gap.more_missing > 0 {
        writeln!(out, "{} more are asked for, and less.\n", gap.more_missing)?;
    }
    if !gap.pairs.is_empty() {
        writeln!(out, "## Two together\n")?;
        for pair in &gap.pairs {
            let [a, b] = &pair.skills;
            let [x, y] = pair.alone;
            writeln!(
                out,
                "- {} and {}: {} jobs (alone {x} and {y})",
                plain(a),
                plain(b),
                pair.unlocks
            )?;
        }
        writeln!(out)?;
    }
    if !gap.held.is_empty() {
        writeln!(
            out,
            "## What you have\n\n| Skill | Demand | Asked as |\n|---|---:|---|"
        )?;
        for held in &gap.held {
            let demand = percent(held.demand.share);
            writeln!(
                out,
                "| {} | {demand} | {} |",
                plain(&held.skill),
                needs(&held.demand)
            )?;
        }
        writeln!(out)?;
    }
    writeln!(out, "## The postings behind it\n")?;
    for skill in gap
        .missing
        .iter()
        .filter(|skill| !skill.postings.is_empty())
    {
        writeln!(out, "### {}\n", plain(&skill.skill))?;
        postings(out, &skill.postings)?;
    }
    foot(out)
}

fn write_path(out: &mut String, path: &LearningPath) -> Written {
    head(out, "Learning path", &path.sentence(), &path.about)?;
    for (number, step) in (1..).zip(&path.steps) {
        writeln!(out, "## {number}. {}\n", plain(&step.skill))?;
        if let Some(aim) = &step.for_skill {
            writeln!(out, "Comes before {}.\n", plain(aim))?;
        }
        if let Some(day) = step.learning_since {
            writeln!(out, "You learn it since {day}.\n")?;
        }
        writeln!(out, "- Hours: {}", hours(step.hours))?;
        if !step.after.is_empty() {
            writeln!(out, "- After: {}", plain(&step.after.join(", ")))?;
        }
        writeln!(out, "- Jobs within reach then: {}", step.reached)?;
        for can in &step.can {
            writeln!(out, "- You can: {}", plain(can))?;
        }
        match &step.written_by {
            None => writeln!(
                out,
                "- The catalogue does not have this skill: neither hours nor resources are made up."
            )?,
            Some(_) => {
                for resource in &step.resources {
                    let (name, url) = (plain(&resource.name), &resource.url);
                    writeln!(out, "- [{name}](<{url}>): {}", plain(&resource.covers))?;
                }
            }
        }
        writeln!(out)?;
        postings(out, &step.postings)?;
    }
    if !path.projects.is_empty() {
        writeln!(out, "## Projects that show several at once\n")?;
        for project in &path.projects {
            writeln!(
                out,
                "- {} ({}): shows {}. {}",
                plain(&project.name),
                hours(Some(project.hours)),
                plain(&project.shows.join(", ")),
                plain(&project.result.join("; "))
            )?;
        }
        writeln!(out)?;
    }
    foot(out)
}

fn head(out: &mut String, title: &str, sentence: &str, about: &About) -> Written {
    writeln!(out, "# {title}\n")?;
    if about.practice {
        writeln!(out, "PRACTICE: nothing here is real.\n")?;
    }
    writeln!(out, "{}\n", plain(sentence))?;
    writeln!(
        out,
        "{} open jobs, {} near your work, {} outside your limits; {} at a score of {} or more.",
        about.open, about.near, about.failing, about.reached, about.line
    )?;
    if let Some(filter) = &about.filter {
        writeln!(out, "Only jobs with: {}", plain(filter))?;
    }
    writeln!(out)
}

fn foot(out: &mut String) -> Written {
    writeln!(out, "## How it was counted\n")?;
    for line in METHOD {
        writeln!(out, "- {line}")?;
    }
    Ok(())
}

fn postings(out: &mut String, postings: &[Posting]) -> Written {
    for posting in postings {
        let (title, employer) = (plain(&posting.title), plain(&posting.employer));
        let with = posting.score_with.map(|with| format!(" → {}", score(with)));
        let short: String = posting.job.chars().take(8).collect();
        writeln!(
            out,
            "- {title}, {employer} ({short}, {}{}): “{}”",
            score(posting.score),
            with.unwrap_or_default(),
            plain(&posting.words)
        )?;
    }
    if !postings.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

/// Text that is nothing but text in Markdown.
fn plain(words: &str) -> String {
    let mut plain = String::new();
    for c in text::line(words).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' | '&'
        ) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
