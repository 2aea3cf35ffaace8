//! Compiles the protos with protox, so that no `protoc` is needed, and derives
//! `Serialize` on every message: the `--json` output of `agentctl` is that.

use std::error::Error;
use std::path::Path;

const PROTOS: [&str; 18] = [
    "answers",
    "applications",
    "daemon",
    "data",
    "documents",
    "feedback",
    "goals",
    "jobs",
    "keys",
    "models",
    "notices",
    "plugins",
    "profile",
    "reports",
    "reviews",
    "schedules",
    "searches",
    "sources",
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new("proto");
    println!("cargo:rerun-if-changed={}", root.display());
    let files = PROTOS.map(|name| root.join("agent/v1").join(name).with_extension("proto"));
    let descriptors = protox::compile(files, [root])?;

    let mut builder = tonic_prost_build::configure()
        .message_attribute(".agent.v1", "#[derive(serde::Serialize)]")
        .enum_attribute(
            ".agent.v1.EditProfileRequest.edit",
            "#[derive(serde::Serialize)]",
        );
    for file in &descriptors.file {
        if file.package() != "agent.v1" {
            continue;
        }
        for message in &file.message_type {
            for field in &message.field {
                let path = format!(".agent.v1.{}.{}", message.name(), field.name());
                if let Some(attribute) = serialised_as(field.name(), field.type_name()) {
                    builder = builder.field_attribute(path, attribute);
                }
            }
        }
    }
    builder.compile_fds(descriptors)?;
    Ok(())
}

/// Gives the serde attribute of fields whose Rust type says too little in JSON.
fn serialised_as(name: &str, type_name: &str) -> Option<String> {
    match type_name {
        ".google.protobuf.Timestamp" => {
            return Some("#[serde(serialize_with = \"crate::json::time\")]".to_owned());
        }
        ".agent.v1.Finding.Level" => {
            return Some("#[serde(serialize_with = \"crate::json::level\")]".to_owned());
        }
        _ => {}
    }
    let bare = name.strip_suffix("_json")?;
    Some(format!(
        "#[serde(rename = \"{bare}\", serialize_with = \"crate::json::embedded\")]"
    ))
}
