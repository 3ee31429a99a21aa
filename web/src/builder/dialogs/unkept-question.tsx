import { LeaveQuestion } from '../../ui/leave-question.tsx';
import { useBuilder } from '../builder-context.ts';

/** Asks before somebody leaves the editor with work that is saved nowhere and that this browser has no room for (B6). */
export function UnkeptQuestion() {
  const { saver, copies } = useBuilder();
  const loses = async () => {
    if (!copies.unkept()) return false;
    await saver.flush();
    return copies.unkept();
  };
  return (
    <LeaveQuestion loses={loses}>
      Your unsaved changes are only in this tab. They are not on the server, and your browser has no space for
      a copy.
    </LeaveQuestion>
  );
}
