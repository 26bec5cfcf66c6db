-- Words.
ALTER TABLE "server_tasks"
    DROP CONSTRAINT "server_tasks_action_check",
    ADD CONSTRAINT "server_tasks_action_check" CHECK ("action" IN ('start', 'stop', 'reboot-soft', 'reboot-hard', 'pause', 'unpause',
        'suspend', 'resume', 'delete', 'create', 'attach-volume', 'detach-volume', 'rebuild'));
