//! `agentctl profile`: what was read from the CV.

mod export;

use std::path::PathBuf;

use agent_api::v1::{ShowProfileRequest, ShowProfileResponse};
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
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Project {
    name: String,
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
        write!(formatter, "{}-{:02}", self.year, self.month)
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
    let made = profile.projects.iter();
    let projects = made.map(|project| project.name.clone()).collect();
    for (heading, items) in [
        ("Skills, in the words of your CV", texts(&profile.skills)),
        ("Languages", languages.collect()),
        ("Certificates", texts(&profile.certificates)),
        ("Projects", projects),
    ] {
        if !items.is_empty() {
            screen.heading(heading);
            screen.paragraph(0, &items.join(", "));
        }
    }
}

#[cfg(test)]
mod tests {
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
                {"title": "Freelancer", "employer": null, "start": {"year": 2018, "month": 1}, "end": {"year": 2021, "month": 2}},
            ],
            "education": [{"institution": "TU Berlin", "degree": "MSc", "start": {"year": 2012, "month": 10}, "end": null}],
            "skills": [{"text": "Rust", "line": 9}, {"text": "Postgre\u{1b}SQL", "line": 9}],
            "languages": [{"code": "de", "fluency": "native"}],
            "unknown": 1,
        });
        let answer = ShowProfileResponse {
            profile_json: profile.to_string(),
            revision: 3,
            imported: at("2026-03-01T09:00:00Z"),
        };
        insta::assert_snapshot!(drawn(&answer, draw));
        let newer = ShowProfileResponse {
            profile_json: r#"{"work": {}}"#.to_owned(),
            ..answer
        };
        assert!(drawn(&newer, draw).contains("--json"));
    }
}
