//! `agentctl profile edit`, `skill` and `project`: what the person says over their CV.

use agent_api::v1::{
    EditProfileRequest, FeatureProject, ProfileProject, SetProfileValue, SetSkillLevel,
    edit_profile_request::Edit,
};
use clap::{Args, Subcommand};

/// Sets one value.
#[derive(Debug, Args)]
pub(crate) struct Value {
    /// name, headline, email, phone, location or summary
    key: String,
    /// Its value
    #[arg(required_unless_present = "clear")]
    value: Option<String>,
    /// Show again what the CV says
    #[arg(long, conflicts_with = "value")]
    clear: bool,
}

/// Sets the level of one skill.
#[derive(Debug, Args)]
pub(crate) struct Skill {
    /// The skill, whether the CV names it or not
    skill: String,
    /// From 1 (beginner) to 5 (expert)
    #[arg(required_unless_present = "clear", value_parser = clap::value_parser!(u8).range(1..=5))]
    level: Option<u8>,
    /// Take the level back
    #[arg(long, conflicts_with = "level")]
    clear: bool,
}

/// What can be done with projects.
#[derive(Debug, Subcommand)]
pub(crate) enum Project {
    /// Add a project your CV does not tell of
    #[command(
        after_help = "Examples:\n  agentctl profile project add Tidemark --about \"a log store\" \\\n    \
        --with Rust --with SQLite --figure \"40,000 writes a second\" --from 2024-03"
    )]
    Add(Told),
    /// Change a project; what you do not give stays as it is
    #[command(after_help = "Examples:\n  agentctl profile project edit Tidemark --until 2025-01")]
    Edit(Told),
    /// Show a project before the others
    #[command(after_help = "Examples:\n  agentctl profile project feature Tidemark")]
    Feature {
        /// Its name
        name: String,
        /// No longer
        #[arg(long)]
        off: bool,
    },
    /// Take back what you added or changed
    #[command(after_help = "Examples:\n  agentctl profile project remove Tidemark")]
    Remove {
        /// Its name
        name: String,
    },
}

/// What is told of a project.
#[derive(Debug, Args)]
pub(crate) struct Told {
    /// Its name
    name: String,
    /// What it is
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
    /// What it was made with; may be given again
    #[arg(long = "with", value_name = "TECHNOLOGY")]
    technologies: Vec<String>,
    /// What you achieved in it; may be given again
    #[arg(long = "achieved", value_name = "TEXT")]
    achievements: Vec<String>,
    /// A result in numbers; may be given again
    #[arg(long = "figure", value_name = "TEXT")]
    figures: Vec<String>,
    /// Where it can be seen; may be given again
    #[arg(long = "link", value_name = "URL")]
    links: Vec<String>,
    /// First month, such as 2024-03
    #[arg(long, value_name = "MONTH")]
    from: Option<String>,
    /// Last month
    #[arg(long, value_name = "MONTH")]
    until: Option<String>,
}

impl Value {
    pub(super) fn request(self) -> EditProfileRequest {
        request(Edit::SetValue(SetProfileValue {
            key: self.key,
            value: self.value.unwrap_or_default(),
        }))
    }
}

impl Skill {
    pub(super) fn request(self) -> EditProfileRequest {
        request(Edit::SetLevel(SetSkillLevel {
            skill: self.skill,
            level: self.level.unwrap_or_default().into(),
        }))
    }
}

impl Project {
    pub(super) fn request(self) -> EditProfileRequest {
        request(match self {
            Self::Add(told) => Edit::PutProject(told.project(true)),
            Self::Edit(told) => Edit::PutProject(told.project(false)),
            Self::Feature { name, off } => Edit::FeatureProject(FeatureProject {
                name,
                featured: !off,
            }),
            Self::Remove { name } => Edit::RemoveProject(name),
        })
    }
}

impl Told {
    fn project(self, new: bool) -> ProfileProject {
        ProfileProject {
            name: self.name,
            description: self.about,
            start: self.from,
            end: self.until,
            technologies: self.technologies,
            achievements: self.achievements,
            figures: self.figures,
            links: self.links,
            new,
        }
    }
}

fn request(edit: Edit) -> EditProfileRequest {
    EditProfileRequest { edit: Some(edit) }
}
