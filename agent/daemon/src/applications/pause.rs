//! The kill switch: while it is on, nothing is prepared or sent.

use super::{recovery, upkeep};
use crate::{
    clock,
    events::{self, event},
    fault::Fault,
    handle::Handle,
};

/// Where the switch is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switch {
    On,
    Off,
}

/// Puts the switch; says whether it stood there before. Switching on cuts what
/// is under way at once, and is kept for the next start first. When this comes
/// back nothing is under way any more: no byte leaves after the answer.
pub(crate) async fn set(handle: &Handle, to: Switch) -> Result<bool, Fault> {
    let unchanged = handle
        .write(move |tx| {
            let on = tx.paused_since()?.is_some();
            let unchanged = on == (to == Switch::On);
            if !unchanged {
                let (kind, text) = match to {
                    Switch::On => {
                        tx.pause(clock::now())?;
                        (events::PAUSED, "nothing is prepared or sent")
                    }
                    Switch::Off => {
                        tx.unpause()?;
                        (events::UNPAUSED, "work goes on")
                    }
                };
                tx.append_event(&event(kind, "", text, serde_json::Value::Null))?;
            }
            Ok(unchanged)
        })
        .await?;
    handle.desk.pause(to == Switch::On);
    match to {
        Switch::On => handle.desk.roster.at_rest().await,
        Switch::Off => {
            upkeep::look(handle).await?;
            recovery::go_on(handle).await?;
            handle.tiers.wake();
        }
    }
    Ok(unchanged)
}
