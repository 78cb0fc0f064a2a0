{{/*
The policy that keeps the objects of others, for a controller that does not look for them first: the context, the name of the controller,
and the API groups with the resources that it writes.
*/}}
{{- define "agent-gateway-hooks.foreignObjectsPolicy" -}}
{{- $root := index . 0 -}}
{{- $controller := index . 1 -}}
{{- $kinds := index . 2 -}}
# Metacontroller applies by force. A hook that looks first misses an object that appears before the write, and for many resources it would
# cost Metacontroller a test of each of them for each change of any such object. So the API server refuses to turn a foreign object into a
# child of the controller. It compares nothing else, so any user may change these objects as before.
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ include "agent-gateway-hooks.fullname" $root }}-{{ $controller }}
  labels:
    {{- include "agent-gateway-hooks.labels" $root | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      {{- range $group, $resources := $kinds }}
      - apiGroups: [{{ $group }}]
        apiVersions: ["*"]
        resources: [{{ join ", " $resources }}]
        operations: [UPDATE]
      {{- end }}
  matchConditions:
    # Metacontroller marks each child of a DecoratorController with this annotation.
    - name: becomes-a-child-of-the-controller
      expression: >-
        object.metadata.?annotations[?"metacontroller.k8s.io/decorator-controller"].orValue("") == "{{ $controller }}" &&
        oldObject.metadata.?annotations[?"metacontroller.k8s.io/decorator-controller"].orValue("") != "{{ $controller }}"
  validations:
    # An object that the resource controls already, such as a route that the KAOS operator made for it, is taken over.
    - expression: >-
        oldObject.metadata.?ownerReferences.orValue([]).exists(before, before.?controller.orValue(false) &&
        object.metadata.?ownerReferences.orValue([]).exists(after, after.?controller.orValue(false) && after.uid == before.uid))
      messageExpression: >-
        object.kind + " " + object.metadata.namespace + "/" + object.metadata.name +
        " already exists, but this resource does not control it; rename the resource, or remove the object"
      reason: Forbidden
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ include "agent-gateway-hooks.fullname" $root }}-{{ $controller }}
  labels:
    {{- include "agent-gateway-hooks.labels" $root | nindent 4 }}
spec:
  policyName: {{ include "agent-gateway-hooks.fullname" $root }}-{{ $controller }}
  validationActions: [Deny]
{{- end -}}
