//! A container's graph as a Containerfile, without running anything: what the
//! session would build, to be read by people.

use std::sync::Arc;

use serde_json::Value;

use crate::Error;
use crate::containerfile::{Line, Stage};
use crate::eval::files::value::absolute;
use crate::node::{Node, Nodes};

/// Stages, the last of which is the container's.
///
/// # Errors
/// An ID that the session does not know.
pub fn stages(nodes: &Nodes, container: &Arc<Node>) -> Result<Vec<Stage>, Error> {
    let mut writer = Writer {
        nodes,
        stages: Vec::new(),
        known: Vec::new(),
    };
    let mut stage = writer.container(container)?;
    stage.name = None;
    writer.stages.push(stage);
    Ok(writer.stages)
}

struct Writer<'a> {
    nodes: &'a Nodes,
    stages: Vec<Stage>,
    /// Containers that are stages already, and the stages' names.
    known: Vec<(String, String)>,
}

/// What has been set so far, for the commands to come.
#[derive(Default)]
struct Setting {
    workdir: String,
    mounts: Vec<(String, String)>,
}

impl Writer<'_> {
    /// The stage of a container that another one copies from.
    fn stage(&mut self, container: &Arc<Node>) -> Result<String, Error> {
        if let Some((_, name)) = self.known.iter().find(|(id, _)| *id == container.id) {
            return Ok(name.clone());
        }
        let mut stage = self.container(container)?;
        let name = format!("stage{}", self.stages.len());
        stage.name = Some(name.clone());
        self.stages.push(stage);
        self.known.push((container.id.clone(), name.clone()));
        Ok(name)
    }

    fn container(&mut self, container: &Arc<Node>) -> Result<Stage, Error> {
        let mut calls = vec![container];
        while let Some(parent) = calls.last().and_then(|node| node.parent.as_ref()) {
            calls.push(parent);
        }
        let mut stage = Stage {
            from: "scratch".into(),
            ..Stage::default()
        };
        let mut setting = Setting::default();
        for call in calls.into_iter().rev() {
            self.call(call, &mut stage, &mut setting)?;
        }
        Ok(stage)
    }

    fn call(
        &mut self,
        call: &Arc<Node>,
        stage: &mut Stage,
        setting: &mut Setting,
    ) -> Result<(), Error> {
        let name = || call.text("name").to_owned();
        let value = || call.text("value").to_owned();
        let start = if setting.workdir.is_empty() {
            "/"
        } else {
            &setting.workdir
        };
        let target = absolute(start, call.text("path"));
        let line = match call.field.as_str() {
            "container" => return Ok(()),
            "from" => {
                call.text("address").clone_into(&mut stage.from);
                return Ok(());
            }
            "withEnvVariable" => Line::Env {
                name: name(),
                value: value(),
            },
            "withLabel" => Line::Label {
                name: name(),
                value: value(),
            },
            "withUser" => Line::User { name: name() },
            "withEntrypoint" => Line::Entrypoint {
                args: call.texts("args"),
            },
            "withDefaultArgs" => Line::Cmd {
                args: call.texts("args"),
            },
            "withExposedPort" => Line::Expose {
                port: call
                    .number("port")
                    .and_then(|port| u16::try_from(port).ok())
                    .unwrap_or_default(),
                protocol: call.given("protocol").unwrap_or("TCP").to_owned(),
            },
            "withWorkdir" => {
                setting.workdir.clone_from(&target);
                Line::Workdir { path: target }
            }
            "withExec" => Line::Run {
                mounts: setting
                    .mounts
                    .iter()
                    .map(|(_, fields)| fields.clone())
                    .collect(),
                args: call.texts("args"),
            },
            "withDirectory" | "withFile" => {
                let (from, source) = self.source(call)?;
                stage.lines.extend(copies(call, &from, &source, &target));
                return Ok(());
            }
            "withNewFile" => Line::File {
                path: target,
                contents: call.text("contents").to_owned(),
                mode: call
                    .number("permissions")
                    .and_then(|mode| u32::try_from(mode).ok())
                    .unwrap_or(0o644),
                owner: call.text("owner").to_owned(),
            },
            "withDockerHealthcheck" => healthcheck(call),
            "withMountedCache" => {
                let cache = self.nodes.argument(call, "cache", "CacheVolume")?;
                let sharing = call.given("sharing").unwrap_or("SHARED").to_lowercase();
                let fields = format!(
                    "type=cache,id={},target={target},sharing={sharing}",
                    cache.text("key")
                );
                setting.mount(target, fields);
                return Ok(());
            }
            "withMountedDirectory" | "withMountedFile" => {
                let (from, source) = self.source(call)?;
                let fields = format!("type=bind,from={from},source={source},target={target},rw");
                setting.mount(target, fields);
                return Ok(());
            }
            "withMountedSecret" => {
                let fields = format!("type=secret,target={target}");
                setting.mount(target, fields);
                return Ok(());
            }
            "withMountedTemp" => {
                setting.mount(target.clone(), format!("type=tmpfs,target={target}"));
                return Ok(());
            }
            "withoutMount" => {
                setting.mounts.retain(|(known, _)| *known != target);
                return Ok(());
            }
            "withServiceBinding" => {
                let service = self.nodes.argument(call, "service", "Service")?;
                let stage_name = match &service.parent {
                    Some(container) if container.ty == "Container" => self.stage(container)?,
                    _ => "a service".to_owned(),
                };
                Line::Comment {
                    text: format!(
                        "{} is the service {stage_name}{}",
                        call.text("alias"),
                        privileges(&service)
                    ),
                }
            }
            field => Line::Comment {
                text: format!("{field}{}", arguments(call)),
            },
        };
        stage.lines.push(line);
        Ok(())
    }

    /// Where a directory or a file comes from: a stage or a context, and the
    /// path in it.
    fn source(&mut self, call: &Node) -> Result<(String, String), Error> {
        let ty = match call.field.as_str() {
            "withDirectory" | "withMountedDirectory" => "Directory",
            _ => "File",
        };
        let source = self.nodes.argument(call, "source", ty)?;
        let from = match &source.parent {
            Some(parent) if parent.ty == "Container" => self.stage(parent)?,
            // A folder that the session makes, by the first digits of its ID.
            _ => format!(
                "context-{}",
                source
                    .id
                    .rsplit('@')
                    .next()
                    .unwrap_or_default()
                    .get(..8)
                    .unwrap_or_default()
            ),
        };
        let is_of_container = source
            .parent
            .as_ref()
            .is_some_and(|parent| parent.ty == "Container");
        let path = match is_of_container {
            true => absolute("/", source.text("path")),
            false => "/".to_owned(),
        };
        Ok((from, path))
    }
}

/// The lines of a copy: one for each path that is included, if it is a plain
/// one; patterns stand before the copy that they are for.
fn copies(call: &Node, from: &str, source: &str, target: &str) -> Vec<Line> {
    let copy = |source: String, target: String| Line::Copy {
        from: from.to_owned(),
        source,
        target,
        owner: call.text("owner").to_owned(),
    };
    if call.field == "withFile" {
        return vec![copy(source.to_owned(), target.to_owned())];
    }
    let (include, exclude) = (call.texts("include"), call.texts("exclude"));
    let is_plain = |path: &String| !path.contains(['*', '?', '[', '!']);
    let mut lines = Vec::new();
    if !exclude.is_empty() {
        let text = format!("without {}", exclude.join(", "));
        lines.push(Line::Comment { text });
    }
    if include.is_empty() || !include.iter().all(is_plain) {
        if !include.is_empty() {
            let text = format!("only {}", include.join(", "));
            lines.push(Line::Comment { text });
        }
        let folder = format!("{}/", target.trim_end_matches('/'));
        lines.push(copy(source.to_owned(), folder));
        return lines;
    }
    for path in &include {
        lines.push(copy(absolute(source, path), absolute(target, path)));
    }
    lines
}

fn healthcheck(call: &Node) -> Line {
    let names = [
        ("interval", "interval"),
        ("timeout", "timeout"),
        ("startPeriod", "start-period"),
        ("startInterval", "start-interval"),
    ];
    let times = names.iter().filter_map(|(argument, flag)| {
        let time = call.given(argument)?;
        Some(((*flag).to_owned(), time.to_owned()))
    });
    let retries = call
        .number("retries")
        .map(|retries| ("retries".to_owned(), retries.to_string()));
    Line::Healthcheck {
        flags: times.chain(retries).collect(),
        args: call.texts("args"),
        is_shell: call.is_set("shell"),
    }
}

impl Setting {
    fn mount(&mut self, target: String, fields: String) {
        self.mounts.retain(|(known, _)| *known != target);
        self.mounts.push((target, fields));
    }
}

fn privileges(service: &Node) -> &'static str {
    match service.is_set("insecureRootCapabilities") {
        true => ", with all root capabilities",
        false => "",
    }
}

/// The arguments that say something, as the API writes them.
fn arguments(call: &Node) -> String {
    let given: Vec<_> = call
        .args
        .iter()
        .filter(|(_, value)| {
            !matches!(value, Value::Bool(false))
                && value.as_str() != Some("")
                && value.as_array().is_none_or(|items| !items.is_empty())
        })
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    match given.is_empty() {
        true => String::new(),
        false => format!("({})", given.join(", ")),
    }
}

#[cfg(test)]
mod tests;
