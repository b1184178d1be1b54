import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';

export default function NotFound() {
  return (
    <EmptyState isPage title="There is nothing here." action={<Link href="/">Go to the overview</Link>}>
      It may have been deleted, or it belongs to another project or organisation. Check which project is
      chosen at the top, then follow the link again.
    </EmptyState>
  );
}
