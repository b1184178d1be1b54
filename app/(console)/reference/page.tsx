import { ReferenceOverview } from '@/components/reference/reference-overview';
import { referenceGroups, referenceShapes } from '@/server/http/api-reference';

export default function ReferenceRoute() {
  const operations = referenceGroups().flatMap((group) => group.operations);
  return <ReferenceOverview operations={operations.length} shapes={referenceShapes().length} />;
}
