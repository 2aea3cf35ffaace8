//! `agentctl profile`: what was read from the CV.

mod edit;
mod export;
mod variants;

use std::collections::BTreeMap;
use std::path::PathBuf;

use agent_api::v1::{
    EditProfileRequest, ListVariantsRequest, ShowProfileRequest, ShowProfileResponse,
};
use clap::Subcommand;
use serde::Deserialize;

use super::picture;
use crate::error::Failure;
use crate::moment::Clock;
use crate::output::Output;
use crate::screen::{BOLD, DIM, Screen, Span};
use crate::session::{Place, Session};

/// What can be done with the profile.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what was read from your CV
    #[command(after_help = "Examples:\n  agentctl profile show\n  agentctl --json profile show")]
    Show,
    /// Read a CV: a newer one in place of your main CV, or another beside it
    ///
    /// Your main CV alone is your profile: jobs are judged by it and forms filled
    /// from it. Another is a file to attach, where it shows more of what a job asks.
    #[command(
        after_help = "Examples:\n  agentctl profile import backend.pdf --as backend\n  \
        agentctl profile import cv.pdf   (in place of your main CV, as init does)"
    )]
    Import(variants::Import),
    /// List your CVs with the skills each shows
    #[command(after_help = "Examples:\n  agentctl profile variants")]
    Variants,
    /// Remove a CV beside your main one
    #[command(subcommand)]
    Variant(variants::Variant),
    /// Correct a value of the profile, or complete it
    ///
    /// What you say outlives the reading of a newer CV.
    #[command(
        after_help = "Examples:\n  agentctl profile edit headline \"Backend engineer\"\n  \
        agentctl profile edit headline --clear   (what the CV says)"
    )]
    Edit(edit::Value),
    /// Say how well you know a skill
    #[command(
        after_help = "Examples:\n  agentctl profile skill Rust 4\n  agentctl profile skill Rust --clear"
    )]
    Skill(edit::Skill),
    /// Add, change and order projects
    #[command(subcommand)]
    Project(edit::Project),
    /// Write the profile as JSON Resume
    #[command(
        after_help = "Examples:\n  agentctl profile export resume.json\n  agentctl profile export -\n\n\
        What the standard has no place for stands under \"x-agent\"."
    )]
    Export {
        /// New file; - writes standard output
        #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
        file: PathBuf,
    },
}

/// Runs a command on the profile.
pub(super) async fn run(
    command: Command,
    place: &Place,
    output: &mut Output,
) -> Result<(), Failure> {
    let session = Session::open(place, output).await?;
    match command {
        Command::Show => {
            let profile = session
                .profile()
                .show(ShowProfileRequest {})
                .await?
                .into_inner();
            output.show(&profile, draw)
        }
        Command::Import(import) => variants::import(import, &session, output).await,
        Command::Variants => {
            let all = session
                .profile()
                .list_variants(ListVariantsRequest {})
                .await?
                .into_inner();
            output.show(&all, variants::draw)
        }
        Command::Variant(variant) => variants::remove(variant, &session, output).await,
        Command::Edit(value) => edited(&session, value.request(), output).await,
        Command::Skill(skill) => edited(&session, skill.request(), output).await,
        Command::Project(project) => edited(&session, project.request(), output).await,
        Command::Export { file } => {
            let profile = session
                .profile()
                .show(ShowProfileRequest {})
                .await?
                .into_inner();
            let resume = export::resume(&profile).ok_or_else(|| {
                Failure::refused("the profile has a newer form than this program knows")
                    .reason("newer-profile")
                    .hint("see it whole with: agentctl --json profile show")
            })?;
            let text = format!("{resume:#}\n");
            if file == std::path::Path::new("-") {
                return output.raw(text.as_bytes());
            }
            picture::save(&file, text.as_bytes(), "there is no profile")?;
            output.note(&format!("Wrote {}", file.display()));
            Ok(())
        }
    }
}

/// Makes an edit, and shows the profile as it then stands.
async fn edited(
    session: &Session,
    request: EditProfileRequest,
    output: &mut Output,
) -> Result<(), Failure> {
    let profile = session.profile().edit(request).await?.into_inner();
    output.show(&profile, draw)
}

/// The parts of the profile a screen has room for. All may be missing: the
/// daemon may be newer.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Profile {
    name: String,
    headline: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    location: Option<String>,
    links: Vec<String>,
    work: Vec<Position>,
    education: Vec<Education>,
    skills: Vec<Fact>,
    languages: Vec<Language>,
    certificates: Vec<Fact>,
    projects: Vec<Project>,
    levels: BTreeMap<String, u8>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Project {
    name: String,
    description: Option<String>,
    technologies: Vec<String>,
    start: Option<Month>,
    end: Option<Month>,
    featured: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Position {
    title: String,
    employer: Option<String>,
    start: Option<Month>,
    end: Option<Month>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Education {
    institution: String,
    degree: Option<String>,
    start: Option<Month>,
    end: Option<Month>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fact {
    text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Language {
    code: String,
    fluency: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Month {
    year: i16,
    month: i8,
}

impl std::fmt::Display for Month {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.month {
            // Only the year was written.
            0 => write!(formatter, "{}", self.year),
            month => write!(formatter, "{}-{month:02}", self.year),
        }
    }
}

/// The time of a position; an open end means today.
fn period(start: Option<&Month>, end: Option<&Month>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) => format!("{start} – today"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => String::new(),
    }
}

fn draw(answer: &ShowProfileResponse, screen: &mut Screen, clock: &Clock) {
    let profile: Profile = match serde_json::from_str(&answer.profile_json) {
        Ok(profile) => profile,
        Err(_) => {
            screen.line([
                "This profile has a newer form; see it whole with: agentctl --json profile show"
                    .into(),
            ]);
            return;
        }
    };
    screen.line([
        Span::new(&profile.name, BOLD),
        Span::new(
            format!(
                "  revision {}, read {}",
                answer.revision,
                clock.time(answer.imported.as_ref())
            ),
            DIM,
        ),
    ]);
    screen.field("headline", profile.headline.unwrap_or_default());
    screen.field("email", profile.email.unwrap_or_default());
    screen.field("phone", profile.phone.unwrap_or_default());
    screen.field("location", profile.location.unwrap_or_default());
    screen.field("links", profile.links.join(" "));

    if !profile.work.is_empty() {
        screen.heading("Work");
    }
    for held in &profile.work {
        let what = match &held.employer {
            Some(employer) => format!("{}, {employer}", held.title),
            None => held.title.clone(),
        };
        let when = period(held.start.as_ref(), held.end.as_ref());
        screen.cut_line([Span::new(format!("{when:<20}"), DIM), what.into()]);
    }
    if !profile.education.is_empty() {
        screen.heading("Education");
    }
    for school in &profile.education {
        let what = match &school.degree {
            Some(degree) => format!("{degree}, {}", school.institution),
            None => school.institution.clone(),
        };
        let when = match (&school.start, &school.end) {
            (Some(start), None) => format!("from {start}"),
            (start, end) => period(start.as_ref(), end.as_ref()),
        };
        screen.cut_line([Span::new(format!("{when:<20}"), DIM), what.into()]);
    }
    let texts = |facts: &[Fact]| {
        facts
            .iter()
            .map(|fact| fact.text.clone())
            .collect::<Vec<_>>()
    };
    let languages = profile
        .languages
        .iter()
        .map(|language| match &language.fluency {
            Some(fluency) => format!("{} ({fluency})", language.code),
            None => language.code.clone(),
        });
    let years = answer.skill_years.iter();
    let years = years.map(|one| format!("{} {:.1}", one.skill, one.years));
    let levels = profile.levels.iter();
    let levels = levels.map(|(skill, level)| format!("{skill} {level}/5"));
    for (heading, items) in [
        ("Skills, in the words of your CV", texts(&profile.skills)),
        ("Languages", languages.collect()),
        ("Years by skill, from dated positions", years.collect()),
        ("Skill levels, as you set them", levels.collect()),
        ("Certificates", texts(&profile.certificates)),
    ] {
        if !items.is_empty() {
            screen.heading(heading);
            screen.paragraph(0, &items.join(", "));
        }
    }
    draw_projects(&profile.projects, screen);
}

fn draw_projects(projects: &[Project], screen: &mut Screen) {
    if !projects.is_empty() {
        screen.heading("Projects");
    }
    for made in projects {
        let when = period(made.start.as_ref(), made.end.as_ref());
        let first = if made.featured { "  (shown first)" } else { "" };
        let what = match &made.description {
            Some(description) => format!("{}: {description}", made.name),
            None => made.name.clone(),
        };
        screen.cut_line([
            Span::new(format!("{when:<20}"), DIM),
            what.into(),
            Span::new(first, DIM),
        ]);
        if !made.technologies.is_empty() {
            screen.paragraph(20, &made.technologies.join(", "));
        }
    }
}

#[cfg(test)]
mod tests {
    use agent_api::v1::SkillYears;
    use serde_json::json;

    use super::*;
    use crate::command::testing::{at, drawn};

    #[test]
    fn the_profile_is_shown_by_parts() {
        let profile = json!({
            "name": "Ada Example", "headline": "Backend engineer", "email": "ada@example.org",
            "phone": null, "location": "Berlin", "links": ["https://example.org"], "summary": "…",
            "work": [
                {"title": "Backend engineer", "employer": "Kranich", "start": {"year": 2021, "month": 3}, "end": null},
                {"title": "Freelancer", "employer": null, "start": {"year": 2018, "month": 0}, "end": {"year": 2021, "month": 2}},
            ],
            "education": [{"institution": "TU Berlin", "degree": "MSc", "start": {"year": 2012, "month": 10}, "end": null}],
            "skills": [{"text": "Rust", "line": 9}, {"text": "Postgre\u{1b}SQL", "line": 9}],
            "languages": [{"code": "de", "fluency": "native"}],
            "projects": [{"name": "Tide", "description": "a log store", "featured": true, "technologies": ["Rust", "SQLite"],
                "start": {"year": 2024, "month": 3}, "end": {"year": 2024, "month": 9}}, {"name": "Bridge"}],
            "levels": {"Rust": 4},
            "unknown": 1,
        });
        let answer = ShowProfileResponse {
            profile_json: profile.to_string(),
            revision: 3,
            imported: at("2026-03-01T09:00:00Z"),
            skill_years: vec![SkillYears {
                skill: "Rust".to_owned(),
                years: 5.25,
            }],
        };
        insta::assert_snapshot!(drawn(&answer, draw));
        let newer = ShowProfileResponse {
            profile_json: r#"{"work": {}}"#.to_owned(),
            ..answer
        };
        assert!(drawn(&newer, draw).contains("--json"));
    }
}
